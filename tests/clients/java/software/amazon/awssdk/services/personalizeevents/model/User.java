package software.amazon.awssdk.services.personalizeevents.model;

/** A small stand-in for the SDK's class of this name. */
public final class User {
    public final String userId;
    public final String properties;

    private User(String userId, String properties) {
        this.userId = userId;
        this.properties = properties;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private String userId;
        private String properties;

        public Builder userId(String value) {
            userId = value;
            return this;
        }

        public Builder properties(String value) {
            properties = value;
            return this;
        }

        public User build() {
            return new User(userId, properties);
        }
    }
}

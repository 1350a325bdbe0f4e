package software.amazon.awssdk.services.personalizeevents.model;

import java.util.List;

/** A small stand-in for the SDK's class of this name. */
public final class PutUsersRequest {
    public final String datasetArn;
    public final List<User> users;

    private PutUsersRequest(String datasetArn, List<User> users) {
        this.datasetArn = datasetArn;
        this.users = users;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static final class Builder {
        private String datasetArn;
        private List<User> users;

        public Builder datasetArn(String value) {
            datasetArn = value;
            return this;
        }

        public Builder users(User... values) {
            users = List.of(values);
            return this;
        }

        public PutUsersRequest build() {
            return new PutUsersRequest(datasetArn, users);
        }
    }
}

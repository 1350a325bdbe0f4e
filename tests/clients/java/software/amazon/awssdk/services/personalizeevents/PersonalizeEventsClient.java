package software.amazon.awssdk.services.personalizeevents;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.personalizeevents.model.PutUsersRequest;
import software.amazon.awssdk.services.personalizeevents.model.User;

/** A small stand-in for the SDK's class of this name: it prints what it is given, each text in Base64 on a line. */
public final class PersonalizeEventsClient {
    private PersonalizeEventsClient() {}

    public static Builder builder() {
        return new Builder();
    }

    public void putUsers(PutUsersRequest request) {
        print(request.datasetArn);
        for (User user : request.users) {
            print(user.userId);
            print(user.properties);
        }
    }

    private static void print(String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        System.out.println(Base64.getEncoder().encodeToString(bytes));
    }

    public static final class Builder {
        public Builder region(Region region) {
            print(region.toString());
            return this;
        }

        public Builder endpointOverride(URI endpoint) {
            print(endpoint.toString());
            return this;
        }

        public PersonalizeEventsClient build() {
            return new PersonalizeEventsClient();
        }
    }
}

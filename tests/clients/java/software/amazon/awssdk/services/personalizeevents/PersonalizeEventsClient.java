package software.amazon.awssdk.services.personalizeevents;

import java.net.URI;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.personalizeevents.model.PutActionInteractionsRequest;
import software.amazon.awssdk.services.personalizeevents.model.PutActionsRequest;
import software.amazon.awssdk.services.personalizeevents.model.PutEventsRequest;
import software.amazon.awssdk.services.personalizeevents.model.PutItemsRequest;
import software.amazon.awssdk.services.personalizeevents.model.PutUsersRequest;

/** A small stand-in for the SDK's class of this name: it prints what it is given. */
public final class PersonalizeEventsClient {
    private PersonalizeEventsClient() {}

    public static Builder builder() {
        return new Builder();
    }

    public void putUsers(PutUsersRequest request) {
        request.print("");
    }

    public void putItems(PutItemsRequest request) {
        request.print("");
    }

    public void putActions(PutActionsRequest request) {
        request.print("");
    }

    public void putEvents(PutEventsRequest request) {
        request.print("");
    }

    public void putActionInteractions(PutActionInteractionsRequest request) {
        request.print("");
    }

    public static final class Builder {
        public Builder region(Region region) {
            System.out.println("region " + region);
            return this;
        }

        public Builder endpointOverride(URI endpoint) {
            System.out.println("endpoint " + endpoint);
            return this;
        }

        public PersonalizeEventsClient build() {
            return new PersonalizeEventsClient();
        }
    }
}

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.personalizeevents.PersonalizeEventsClient;
import software.amazon.awssdk.services.personalizeevents.model.InvalidInputException;
import software.amazon.awssdk.services.personalizeevents.model.PutUsersRequest;
import software.amazon.awssdk.services.personalizeevents.model.User;

/** PutUsers as AWS's guide shows it for Java, whose request has lost its users; without any, this one is like it. */
public final class PutUsersExample {
    private PutUsersExample() {}

    /** Takes the endpoint, the ARN of a dataset, and an id and properties for each user; prints the status of HTTP. */
    public static void main(String[] arguments) {
        PersonalizeEventsClient client = PersonalizeEventsClient.builder()
            .endpointOverride(URI.create(arguments[0]))
            .build();
        List<User> users = new ArrayList<>();
        for (int place = 2; place < arguments.length; place += 2) {
            users.add(User.builder().userId(arguments[place]).properties(arguments[place + 1]).build());
        }
        PutUsersRequest.Builder request = PutUsersRequest.builder().datasetArn(arguments[1]);
        if (!users.isEmpty()) {
            request.users(users);
        }
        try {
            System.out.println(client.putUsers(request.build()).sdkHttpResponse().statusCode());
        } catch (InvalidInputException error) {
            System.out.println(error.statusCode() + " " + error.awsErrorDetails().errorMessage());
        }
    }
}

package software.amazon.awssdk.services.personalizeevents.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What stands in for each of the SDK's classes of values: its members by name, in the order in which they are set. */
public abstract class Values {
    private final Map<String, Object> members = new LinkedHashMap<>();

    protected void set(String name, Object value) {
        members.put(name, value);
    }

    /** Print each member on a line: the path to it, and its value in Base64. */
    public void print(String before) {
        members.forEach((name, value) -> print(before + name, value));
    }

    private static void print(String path, Object value) {
        if (value instanceof Values inner) {
            inner.print(path + ".");
        } else if (value instanceof Object[] values) {
            for (int number = 0; number < values.length; number++) {
                print(path + "." + number, values[number]);
            }
        } else {
            String text = value instanceof Instant moment ? "" + moment.getEpochSecond() : "" + value;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            System.out.println(path + " " + Base64.getEncoder().encodeToString(bytes));
        }
    }
}

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;
import software.amazon.awssdk.services.personalize.PersonalizeClient;
import software.amazon.awssdk.services.personalizeevents.PersonalizeEventsClient;
import software.amazon.awssdk.utils.builder.Buildable;

/** The AWS SDK for Java 2.x answers lines of JSON, as tests/clients/walking.py says. */
public final class AnswerLines {
    private static final Map<String, SdkClient> CLIENTS = new HashMap<>();
    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    private AnswerLines() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            output.println(answer(JsonNode.parser().parse(line).asObject()));
        }
    }

    private static String answer(Map<String, JsonNode> request) throws Exception {
        String service = request.get("service").asString();
        String operation = request.get("operation").asString();
        Class<?> type = service.equals("personalize") ? PersonalizeClient.class : PersonalizeEventsClient.class;
        Optional<Method> method = methodOf(type, operation);
        if (method.isEmpty()) {
            return "{\"unknown\": true}";
        }
        SdkClient client = client(service, request.get("endpoint").asString());
        SdkPojo made = filled(builderOf(method.get().getParameterTypes()[0]), request.get("input"));
        ATTEMPTS.set(0);
        try {
            return answered((SdkPojo) method.get().invoke(client, made));
        } catch (InvocationTargetException error) {
            if (error.getCause() instanceof AwsServiceException refused) {
                return refused(refused);
            }
            if (error.getCause() instanceof SdkClientException failed) {
                return failed(failed.getClass().getSimpleName(), null, null);
            }
            throw error;
        }
    }

    private static SdkClient client(String service, String endpoint) {
        return CLIENTS.computeIfAbsent(service + " " + endpoint, key -> service.equals("personalize")
            ? PersonalizeClient.builder()
                .endpointOverride(URI.create(endpoint))
                .overrideConfiguration(each -> each.addExecutionInterceptor(new Counting()))
                .build()
            : PersonalizeEventsClient.builder()
                .endpointOverride(URI.create(endpoint))
                .overrideConfiguration(each -> each.addExecutionInterceptor(new Counting()))
                .build());
    }

    /** Each operation is also there for a consumer of its builder, and some for no request at all. */
    private static Optional<Method> methodOf(Class<?> client, String operation) {
        String name = Character.toLowerCase(operation.charAt(0)) + operation.substring(1);
        return Arrays.stream(client.getMethods())
            .filter(each -> each.getName().equals(name) && each.getParameterCount() == 1)
            .filter(each -> SdkPojo.class.isAssignableFrom(each.getParameterTypes()[0]))
            .findFirst();
    }

    private static SdkPojo builderOf(Class<?> request) throws ReflectiveOperationException {
        return (SdkPojo) request.getMethod("builder").invoke(null);
    }

    /** Set the members that JSON has, and build. */
    private static SdkPojo filled(SdkPojo builder, JsonNode object) {
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = object.asObject().get(field.locationName());
            if (value != null) {
                field.set(builder, read(field, value));
            }
        }
        return (SdkPojo) ((Buildable) builder).build();
    }

    private static Object read(SdkField<?> field, JsonNode value) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            return filled(field.constructor().get(), value);
        }
        if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            return value.asArray().stream().map(each -> read(member, each)).toList();
        }
        if (type == MarshallingType.INSTANT) {
            return Instant.parse(value.asString());
        }
        if (type == MarshallingType.INTEGER) {
            return Integer.valueOf(value.asNumber());
        }
        return type == MarshallingType.FLOAT ? Float.valueOf(value.asNumber()) : (Object) value.asString();
    }

    private static String answered(SdkPojo answer) {
        JsonWriter json = JsonWriter.create().writeStartObject().writeFieldName("answer");
        write(json, answer);
        return text(json.writeFieldName("attempts").writeValue(ATTEMPTS.get()).writeEndObject());
    }

    private static void write(JsonWriter json, Object value) {
        if (value instanceof SdkPojo members) {
            json.writeStartObject();
            for (SdkField<?> field : members.sdkFields()) {
                Object member = field.getValueOrDefault(members);
                if (member != null) {
                    json.writeFieldName(field.locationName());
                    write(json, member);
                }
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> values) {
            json.writeStartArray();
            values.forEach(each -> write(json, each));
            json.writeEndArray();
        } else {
            json.writeValue(value.toString());
        }
    }

    /** An error that the service's model has is of a class of its own, below that of all errors of the service. */
    private static String refused(AwsServiceException error) {
        List<String> ofService = List.of("PersonalizeException", "PersonalizeEventsException");
        String name = error.getClass().getSimpleName();
        boolean isTyped = ofService.contains(error.getClass().getSuperclass().getSimpleName());
        return failed(error.awsErrorDetails().errorCode(), isTyped ? name : null, error.statusCode());
    }

    private static String failed(String code, String type, Integer status) {
        JsonWriter json = JsonWriter.create().writeStartObject().writeFieldName("error").writeValue(code);
        json.writeFieldName("class");
        json = type == null ? json.writeNull() : json.writeValue(type);
        json.writeFieldName("status");
        json = status == null ? json.writeNull() : json.writeValue(status.intValue());
        return text(json.writeFieldName("attempts").writeValue(ATTEMPTS.get()).writeEndObject());
    }

    private static String text(JsonWriter json) {
        return new String(json.getBytes(), StandardCharsets.UTF_8);
    }

    /** Counts what is sent: an answer does not say how often that was. */
    private static final class Counting implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            ATTEMPTS.incrementAndGet();
        }
    }
}

package io.changeorder.bootstrap.clients.kit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the untyped answers of the generic client. */
public final class Fields {
    private Fields() {}

    /** What has to be an object. */
    public static Map<String, Object> map(Object value) {
        return ((Map<?, ?>) value)
                .entrySet().stream().collect(Collectors.toMap(field -> (String) field.getKey(), Map.Entry::getValue));
    }

    /** The answer's Data. */
    public static Map<String, Object> data(Map<String, Object> answer) {
        return map(answer.get("Data"));
    }

    public static String text(Map<String, Object> fields, String name) {
        return (String) fields.get(name);
    }

    /** Numbers come as whatever the client's parser makes of them. */
    public static int number(Map<String, Object> fields, String name) {
        return ((Number) fields.get(name)).intValue();
    }

    public static boolean bool(Map<String, Object> fields, String name) {
        return (Boolean) fields.get(name);
    }

    /** What has to be a list of objects. */
    public static List<Map<String, Object>> rows(Object value) {
        return ((List<?>) value).stream().map(Fields::map).toList();
    }
}

package io.changeorder.bootstrap.clients;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the untyped answers of the generic client. */
final class Fields {
    private Fields() {}

    /** What has to be an object. */
    static Map<String, Object> map(Object value) {
        return ((Map<?, ?>) value)
                .entrySet().stream().collect(Collectors.toMap(field -> (String) field.getKey(), Map.Entry::getValue));
    }

    /** The answer's Data. */
    static Map<String, Object> data(Map<String, Object> answer) {
        return map(answer.get("Data"));
    }

    static String text(Map<String, Object> fields, String name) {
        return (String) fields.get(name);
    }

    /** Numbers come as whatever the client's parser makes of them. */
    static int number(Map<String, Object> fields, String name) {
        return ((Number) fields.get(name)).intValue();
    }

    static boolean bool(Map<String, Object> fields, String name) {
        return (Boolean) fields.get(name);
    }

    /** What has to be a list of objects. */
    static List<Map<String, Object>> rows(Object value) {
        return ((List<?>) value).stream().map(Fields::map).toList();
    }
}

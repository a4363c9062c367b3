package io.changeorder.adapter.persistence.document;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.application.spi.audit.AuditEntry;
import io.changeorder.application.spi.store.Commit;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.order.ChangeOrder;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that documents can be made of: the components, kinds and constants of everything that is stored, by their names. */
final class FormatShape {
    static final String FILE = "shape.txt";

    private static final List<Class<?>> DOCUMENTS = List.of(
            Application.class,
            ChangeOrder.class,
            Version.class,
            Commit.class,
            AuditEntry.class,
            Maintenance.class,
            AccessKey.class);
    private static final String OURS = "io.changeorder.";
    private static final Pattern PACKAGE = Pattern.compile("\\b(\\w+[.])+");

    private final SortedMap<String, String> types = new TreeMap<>();

    private FormatShape() {}

    /** A line for each type. */
    static String text() {
        FormatShape shape = new FormatShape();
        DOCUMENTS.forEach(shape::add);
        return shape.types.entrySet().stream()
                .map(type -> type.getKey() + (type.getValue().isEmpty() ? "" : ": ") + type.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
        } else {
            add((Class<?>) type);
        }
    }

    private void add(Class<?> type) {
        if (!type.getName().startsWith(OURS) || types.containsKey(name(type))) {
            return;
        }
        if (type.isEnum()) {
            types.put(
                    name(type),
                    alternatives(Arrays.stream(type.getEnumConstants()).map(one -> ((Enum<?>) one).name())));
        } else if (type.isSealed()) {
            // Compilers differ in their order.
            types.put(
                    name(type),
                    alternatives(Arrays.stream(type.getPermittedSubclasses())
                            .map(FormatShape::name)
                            .sorted()));
            Arrays.stream(type.getPermittedSubclasses()).forEach(this::add);
        } else {
            List<Field> stored = Arrays.stream(type.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .toList();
            types.put(
                    name(type),
                    stored.stream()
                            .map(field -> name(field.getGenericType()) + " " + field.getName())
                            .collect(Collectors.joining(", ")));
            stored.forEach(field -> add(field.getGenericType()));
        }
    }

    private static String alternatives(Stream<String> names) {
        return names.collect(Collectors.joining(" | "));
    }

    private static String name(Type type) {
        return PACKAGE.matcher(type.getTypeName()).replaceAll("");
    }
}

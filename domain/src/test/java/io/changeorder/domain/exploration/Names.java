package io.changeorder.domain.exploration;

import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.id.NodeId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The names of what a small world numbers. Each is made and checked once, since they are asked for in every step. */
final class Names {
    private static final int MOST = 1_000;
    private static final List<InstanceId> INSTANCES = named("i-", InstanceId::new);
    private static final List<NodeId> NODES = named("node-", NodeId::new);

    private Names() {}

    static InstanceId instance(int number) {
        return INSTANCES.get(number);
    }

    static NodeId node(int number) {
        return NODES.get(number);
    }

    private static <T> List<T> named(String kind, Function<String, T> named) {
        return IntStream.range(0, MOST)
                .mapToObj(number -> named.apply(kind + number))
                .toList();
    }
}

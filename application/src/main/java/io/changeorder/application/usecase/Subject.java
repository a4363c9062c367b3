package io.changeorder.application.usecase;

import io.changeorder.application.spi.Access;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a call is about. It is looked up first: permission is asked for what was found, and then the same is decided
 * about, so that asking costs no second look.
 *
 * @param <T> what is found
 * @param lookup finds it as it is now, if it exists
 * @param resource what a policy calls it
 */
public record Subject<T>(Supplier<Optional<T>> lookup, Function<T, Access.Resource> resource) {
    /** Everything there is. */
    public static Subject<Access.Resource> everything() {
        return new Subject<>(Optional::empty, Function.identity());
    }

    /** What a namespace has or will have. */
    public static Subject<Access.Resource> namespace(String namespace) {
        Access.Resource all = new Access.Resource(namespace, Access.Resource.EVERY_APPLICATION);
        return new Subject<>(() -> Optional.of(all), Function.identity());
    }
}

package io.changeorder.application.usecase;

import io.changeorder.application.spi.Access;
import io.changeorder.domain.id.ChangeOrderId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a call is about. It is looked up first: permission is asked for what was found, and then the same is decided
 * about, so that asking costs no second look.
 *
 * @param <T> what is found
 * @param name how the caller named it, for the record
 * @param lookup finds it as it is now, if it exists
 * @param resource what a policy calls it
 * @param order the order that it is, if it is one
 */
public record Subject<T>(
        String name,
        Supplier<Optional<T>> lookup,
        Function<T, Access.Resource> resource,
        Function<T, Optional<ChangeOrderId>> order) {

    /** Everything there is. */
    public static Subject<Access.Resource> everything() {
        return new Subject<>("*", Optional::empty, Function.identity(), none -> Optional.empty());
    }

    /** What a namespace has or will have. */
    public static Subject<Access.Resource> namespace(String namespace) {
        Access.Resource all = new Access.Resource(namespace, Access.Resource.EVERY_APPLICATION);
        return new Subject<>(all.toString(), () -> Optional.of(all), Function.identity(), any -> Optional.empty());
    }
}

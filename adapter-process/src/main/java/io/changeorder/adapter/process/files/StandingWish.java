package io.changeorder.adapter.process.files;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.id.Fence;

/**
 * What should run of an application.
 *
 * @param fence of the scale that said so last; growth is stopped while a newer fence was seen
 * @param composition how many instances of what
 */
public record StandingWish(Fence fence, Composition composition) {
    public static final StandingWish NONE = new StandingWish(Fence.ZERO, Composition.EMPTY);

    public StandingWish with(Entry entry, int count, Fence by) {
        return new StandingWish(by, composition.with(entry, count));
    }

    public StandingWish with(Composition newComposition) {
        return new StandingWish(fence, newComposition);
    }
}

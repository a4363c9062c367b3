package io.changeorder.application.simulation.stage;

import io.changeorder.application.fake.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Where everything happens, one thing after the other and in virtual time. A task that pauses keeps its thread, and
 * another thread goes on with what is due next: exactly one runs at any time, and the agenda alone says which.
 *
 * @param <T> the tasks
 */
public final class Stage<T extends Stage.Part> {
    /** A task, which may pause. */
    public interface Part {
        /** How long it stands still now, whatever is due. */
        Duration frozenFor();
    }

    /** What a task ends with whose node is gone. */
    public static final class Gone extends Error {
        private static final long serialVersionUID = 1L;

        public Gone() {
            super("this node is gone", null, false, false);
        }
    }

    /** Something that is due; the earlier one first, and of two at once the one that was entered first. */
    private static final class Due {
        private final long at;
        private final long number;
        private final Runnable what;
        private boolean cancelled;

        Due(long at, long number, Runnable what) {
            this.at = at;
            this.number = number;
            this.what = what;
        }
    }

    private static final Comparator<Due> IN_ORDER =
            Comparator.<Due>comparingLong(due -> due.at).thenComparingLong(due -> due.number);

    private final PriorityQueue<Due> agenda = new PriorityQueue<>(IN_ORDER);
    private final Deque<Player> idle = new ArrayDeque<>();
    private final Set<Player> paused = new LinkedHashSet<>();
    private final Semaphore director = new Semaphore(0);
    private BooleanSupplier until = () -> true;
    private Optional<T> current = Optional.empty();
    private Optional<Throwable> broken = Optional.empty();
    private long now;
    private long entered;
    private boolean ending;
    private boolean over;

    /** Plays on until this holds. */
    public void play(BooleanSupplier condition) {
        until = condition;
        handOn();
        director.acquireUninterruptibly();
        broken.ifPresent(thrown -> {
            throw new IllegalStateException("the simulation broke at " + time(), thrown);
        });
    }

    /** Ends every thread; what is paused ends with {@link Gone} first. */
    public void end() {
        ending = true;
        if (broken.isEmpty()) {
            agenda.clear();
            List.copyOf(paused).forEach(player -> enter(Duration.ZERO, () -> giveTo(player)));
            play(paused::isEmpty);
        }
        over = true;
        idle.forEach(player -> player.turn.release());
    }

    /** Milliseconds since the beginning; this time never jumps. */
    public Duration time() {
        return Duration.ofMillis(now);
    }

    public Instant instant() {
        return SettableClock.START.plusMillis(now);
    }

    /** Does this later; the answer cancels it. */
    public Runnable enter(Duration delay, Runnable what) {
        Due due = new Due(now + delay.toMillis(), entered++, what);
        agenda.add(due);
        return () -> due.cancelled = true;
    }

    /** The task that is at work; absent while the simulation itself is. */
    public Optional<T> current() {
        return current;
    }

    /** Does this as a task, which may pause in it. */
    public void perform(T task, Runnable what) {
        Optional<T> before = current;
        current = Optional.of(task);
        try {
            what.run();
        } catch (Gone gone) {
            // How a task ends whose node died under it: nobody is there to be told.
        } finally {
            current = before;
        }
    }

    /** The present task stands still for this long, and longer if its node does. */
    public void pause(Duration length) {
        Player player = (Player) Thread.currentThread();
        T task = current.orElseThrow();
        paused.add(player);
        resume(player, task, length);
        current = Optional.empty();
        handOn();
        player.turn.acquireUninterruptibly();
        paused.remove(player);
        current = Optional.of(task);
        if (ending) {
            throw new Gone();
        }
    }

    private void resume(Player player, T task, Duration delay) {
        enter(delay, () -> {
            Duration frozen = task.frozenFor();
            if (frozen.isZero()) {
                giveTo(player);
            } else {
                resume(player, task, frozen);
            }
        });
    }

    private void giveTo(Player other) {
        Player player = (Player) Thread.currentThread();
        idle.push(player);
        other.turn.release();
        player.turn.acquireUninterruptibly();
    }

    private void handOn() {
        if (idle.isEmpty()) {
            new Player(this::go).start();
        } else {
            idle.pop().turn.release();
        }
    }

    private void go(Player player) {
        while (!over) {
            if (broken.isPresent() || agenda.isEmpty() || until.getAsBoolean()) {
                idle.push(player);
                director.release();
                player.turn.acquireUninterruptibly();
            } else {
                next();
            }
        }
    }

    private void next() {
        Due due = agenda.poll();
        if (!due.cancelled) {
            now = Math.max(now, due.at);
            try {
                due.what.run();
            } catch (RuntimeException | Error thrown) {
                broken = Optional.of(thrown);
            }
        }
    }

    /** A thread that plays what is due while it is its turn. */
    private static final class Player extends Thread {
        private final Semaphore turn = new Semaphore(0);
        private final Consumer<Player> part;

        Player(Consumer<Player> part) {
            super("simulation");
            this.part = part;
            setDaemon(true);
        }

        @Override
        public void run() {
            part.accept(this);
        }
    }
}

package io.changeorder.architecture.planted.guest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;

/** Guests that do what a library must not. */
public final class Rude {
    private Rude() {}

    static final class Talker {
        void talk() {
            System.out.println("hello");
        }
    }

    static final class Complainer {
        void complain(IOException trouble) {
            trouble.printStackTrace();
        }
    }

    static final class Loud {
        Level level() {
            return Level.FINEST;
        }
    }

    static final class Hooked {
        void stay() {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
        }
    }

    static final class Leaver {
        void leave() {
            System.exit(1);
        }
    }

    static final class Setter {
        void set() {
            System.setProperty("user.timezone", "UTC");
        }
    }

    static final class Counter {
        private static int count;

        int next() {
            return ++count;
        }
    }

    static final class Hoarder {
        private static final Set<String> KEPT = ConcurrentHashMap.newKeySet();

        boolean keep(String what) {
            return KEPT.add(what);
        }
    }

    static final class Seeker {
        InputStream seek() throws IOException {
            return ClassLoader.getSystemResource("somewhere").openStream();
        }
    }

    static final class Finder {
        boolean find() {
            return Finder.class.getResource("somewhere") != null;
        }
    }

    static final class Prober {
        Object make() throws ReflectiveOperationException {
            return Class.forName("java.lang.Object").getDeclaredConstructor().newInstance();
        }
    }
}

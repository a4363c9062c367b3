package io.changeorder.hello;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * A tiny web server for tests and the demo to deploy. It listens on 127.0.0.1, on the port named by {@code PORT}.
 *
 * <p>{@code GET /} tells version, process id and instance as JSON; {@code GET /ready} answers 200 or 503. The version is
 * {@code APP_VERSION}, or the first argument; the instance is {@code INSTANCE_ID}. It can be told to misbehave:
 *
 * <ul>
 *   <li>{@code HELLO_READY}: {@code always} (the default) or {@code never}
 *   <li>{@code HELLO_READY_AFTER_MS}: not ready for so many milliseconds after the start
 *   <li>{@code HELLO_UNREADY_FILE}: not ready while that file exists
 *   <li>{@code HELLO_EXIT_AFTER_MS}: exits after so many milliseconds, with {@code HELLO_EXIT_CODE} (1 by default)
 *   <li>{@code HELLO_IGNORE_TERM}: {@code true} survives SIGTERM; only SIGKILL ends it
 * </ul>
 *
 * <p>Exit codes: 2 for an environment that makes no sense, 3 for a port that is taken.
 */
public final class Hello {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BAD_ENVIRONMENT = 2;
    private static final int PORT_TAKEN = 3;

    private final Map<String, String> environment;
    private final String version;

    private Hello(Map<String, String> environment, String[] args) {
        this.environment = environment;
        this.version = value("APP_VERSION").orElse(args.length > 0 ? args[0] : "unknown");
    }

    /**
     * Starts the server and returns; the process goes on until it is told to stop.
     *
     * @param args the version, when {@code APP_VERSION} is not set
     * @throws IOException when the address cannot be listened on, for another reason than being taken
     */
    public static void main(String[] args) throws IOException {
        try {
            new Hello(System.getenv(), args).start();
        } catch (IllegalArgumentException badEnvironment) {
            System.err.println("hello: " + badEnvironment.getMessage());
            System.exit(BAD_ENVIRONMENT);
        }
    }

    private void start() throws IOException {
        int port = port();
        BooleanSupplier ready = readiness();
        boolean ignoreTerm = flag("HELLO_IGNORE_TERM");
        int exitCode = number("HELLO_EXIT_CODE", 0, 255).orElse(1);
        Optional<Duration> exitAfter = millis("HELLO_EXIT_AFTER_MS");

        HttpServer server = listen(port);
        // Only now: a hook that never ends would also hold up the exits above.
        if (ignoreTerm) {
            ignoreTermination();
        }
        exitAfter.ifPresent(delay -> exitAfter(delay, exitCode));

        String body = "{\"version\":" + json(version) + ",\"pid\":"
                + ProcessHandle.current().pid() + ",\"instance\":"
                + json(value("INSTANCE_ID").orElse("")) + "}\n";
        server.createContext("/", exchange -> {
            boolean root = exchange.getRequestURI().getPath().equals("/");
            answer(exchange, root ? 200 : 404, root ? body : "{\"error\":\"not found\"}\n");
        });
        server.createContext("/ready", exchange -> {
            boolean yes = ready.getAsBoolean();
            answer(exchange, yes ? 200 : 503, "{\"ready\":" + yes + "}\n");
        });
        server.start();
        System.out.println("hello " + version + " listens on 127.0.0.1:" + port);
    }

    private static HttpServer listen(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
        } catch (BindException taken) {
            System.err.println("hello: cannot listen on 127.0.0.1:" + port + ": " + taken.getMessage());
            System.exit(PORT_TAKEN);
            throw taken;
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private BooleanSupplier readiness() {
        boolean never = switch (value("HELLO_READY").orElse("always")) {
            case "always" -> false;
            case "never" -> true;
            default -> throw new IllegalArgumentException("HELLO_READY is neither always nor never");
        };
        long readyFrom = System.nanoTime()
                + millis("HELLO_READY_AFTER_MS").orElse(Duration.ZERO).toNanos();
        Optional<Path> unreadyFile = value("HELLO_UNREADY_FILE").map(Hello::path);
        return () -> !never
                && System.nanoTime() - readyFrom >= 0
                && unreadyFile.filter(Files::exists).isEmpty();
    }

    private static void exitAfter(Duration delay, int code) {
        Thread timer = new Thread(
                () -> {
                    try {
                        Thread.sleep(delay.toMillis());
                    } catch (InterruptedException interrupted) {
                        return;
                    }
                    Runtime.getRuntime().halt(code);
                },
                "exit");
        timer.setDaemon(true);
        timer.start();
    }

    private static void ignoreTermination() {
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                never.await();
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "ignore-term"));
    }

    private int port() {
        return number("PORT", 1, 65_535).orElseThrow(() -> new IllegalArgumentException("PORT is not set"));
    }

    private Optional<Duration> millis(String name) {
        return number(name, 0, Integer.MAX_VALUE).map(Duration::ofMillis);
    }

    private Optional<Integer> number(String name, int least, int most) {
        return value(name).map(text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException(name + " is not a number: " + text, notANumber);
            }
            throw new IllegalArgumentException(name + " is not between " + least + " and " + most + ": " + text);
        });
    }

    private boolean flag(String name) {
        return switch (value(name).map(text -> text.toLowerCase(Locale.ROOT)).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " is neither true nor false");
        };
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("HELLO_UNREADY_FILE is not a path: " + text, invalid);
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    private static String json(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < 0x20) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}

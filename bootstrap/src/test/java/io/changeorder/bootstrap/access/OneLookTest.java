package io.changeorder.bootstrap.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.changeorder.adapter.access.key.Draft;
import io.changeorder.adapter.access.key.KeyDesk;
import io.changeorder.adapter.access.key.KeyRing;
import io.changeorder.adapter.access.key.NewSecret;
import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.jetty.RestServer;
import io.changeorder.adapter.rest.limit.RequestRate;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.application.fake.InMemoryAccessStore;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.access.AccessStore;
import io.changeorder.bootstrap.client.Credentials;
import io.changeorder.bootstrap.client.RefusedException;
import io.changeorder.bootstrap.client.WireClient;
import io.changeorder.bootstrap.client.WireOperation;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.ChangeOrderId;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request may do is found together with who sends it, by one look at the keys. */
class OneLookTest {
    private static final String NO_PERMISSION = "Resouce.no.permission";
    private static final RequestRate RATE = RequestRate.perSecond(1_000_000);
    /** Needs the permission of two operations. */
    private static final Map<String, String> OF_NO_ORDER = Map.of("ChangeOrderId", "none", "Rollback", "true");

    private static final String THERE_IS_NONE = "InvalidChangeOrder.NotFound";
    private static final int ROUNDS = 50;

    @TempDir
    Path folder;

    private final EngineWorld world =
            new EngineWorld(builder -> builder.authorizer(AccessKeys.authorizer(Optional.empty())));
    private final RestApi api =
            RestApi.builder(world.commands(), world.queries()).build();

    @AfterEach
    void close() {
        world.close();
    }

    /** Keys, what is asked of them, and what happens after somebody has seen that there is none. */
    private final class Keys implements AutoCloseable {
        final Queue<String> asked = new ConcurrentLinkedQueue<>();
        final AtomicReference<Runnable> afterLook = new AtomicReference<>(() -> {});
        final AccessKeys keys;
        private final AccessStore store =
                new InMemoryAccessStore(new InMemoryAccessStore.Data(InstantSource.system(), AccessStore.MOST_NONCES));

        Keys() {
            AccessStore watched = (AccessStore) Proxy.newProxyInstance(
                    AccessStore.class.getClassLoader(),
                    new Class<?>[] {AccessStore.class},
                    (proxy, method, arguments) -> {
                        Object answer = method.invoke(store, arguments);
                        if (!method.getName().equals("forgetNonces")) {
                            asked.add(method.getName());
                        }
                        if (method.getName().equals("hasKeys")) {
                            afterLook.getAndSet(() -> {}).run();
                        }
                        return answer;
                    });
            keys = AccessKeys.over(watched, keyFile(), InstantSource.system());
            asked.clear();
        }

        private Path keyFile() {
            return folder.resolve("access.key");
        }

        Credentials create(String policy) {
            NewSecret made = new KeyDesk(store, InstantSource.system())
                    .create(KeyRing.openOrMake(keyFile()), new Draft(List.of(policy), "", false, Optional.empty()));
            return new Credentials(made.key().id().name(), made.secret());
        }

        RestServer serve() {
            RestServer server = RestServer.builder(api)
                    .port(0)
                    .authentication(keys.authentication(RATE))
                    .keysExist(keys::areRequired)
                    .build();
            server.start();
            return server;
        }

        @Override
        public void close() {
            keys.close();
        }
    }

    private static WireClient client(RestServer server, Credentials credentials) {
        return new WireClient(URI.create("http://127.0.0.1:" + server.port()), credentials);
    }

    private static String abort(WireClient client) {
        return catchThrowableOfType(
                        RefusedException.class, () -> client.call(WireOperation.ABORT_CHANGE_ORDER, OF_NO_ORDER))
                .code();
    }

    @Test
    void aSignedRequestCostsTwoCallsOfTheStoreAndOneWithoutAnyKeyCostsOne() {
        try (Keys keys = new Keys();
                RestServer server = keys.serve()) {
            WireClient anybody = client(server, new Credentials("anybody", "unsigned"));
            assertThat(abort(anybody)).isEqualTo(THERE_IS_NONE);
            assertThat(keys.asked).containsExactly("hasKeys");

            WireClient boss = client(server, keys.create("FullAccess"));
            boss.call(WireOperation.LIST_APPLICATIONS, Map.of());
            keys.asked.clear();
            assertThat(abort(boss)).isEqualTo(THERE_IS_NONE);
            assertThat(keys.asked).containsExactly("findKey", "rememberNonce");
        }
    }

    @Test
    void whoWasLetInBeforeTheFirstKeyIsNotDeniedAfterIt() {
        try (Keys keys = new Keys();
                RestServer server = keys.serve()) {
            WireClient anybody = client(server, new Credentials("anybody", "unsigned"));
            AtomicReference<Credentials> made = new AtomicReference<>();
            keys.afterLook.set(() -> made.set(keys.create("ReadOnly")));

            assertThat(abort(anybody)).isEqualTo(THERE_IS_NONE);
            assertThat(abort(anybody)).isEqualTo("InvalidAccessKeyId.NotFound");
            WireClient reader = client(server, made.get());
            reader.call(WireOperation.LIST_APPLICATIONS, Map.of());
            assertThat(abort(reader)).isEqualTo(NO_PERMISSION);
        }
    }

    @Test
    void whatDidNotComeByTheDoorMayDoNothing() {
        assertThat(world.alice()
                        .abort(new ChangeOrderId("none"))
                        .<Optional<Refusal.Reason>>match(
                                accepted -> Optional.empty(), refusal -> Optional.of(refusal.reason())))
                .contains(Refusal.Reason.NOT_PERMITTED);
    }

    /** Every answer is that of a server without keys or of one with keys; none of the latter comes before one of the former. */
    @Test
    void whileTheFirstKeyIsMadeEveryRequestIsOfTheMomentBeforeOrAfter() throws Exception {
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                try (Keys keys = new Keys()) {
                    RequestAuthentication door = keys.keys.authentication(RATE);
                    CountDownLatch under = new CountDownLatch(3);
                    List<Future<List<String>>> heard = new ArrayList<>();
                    for (int caller = 0; caller < 3; caller++) {
                        heard.add(callers.submit(() -> askUntilShut(door, under)));
                    }
                    assertThat(under.await(1, TimeUnit.MINUTES)).isTrue();
                    keys.create("ReadOnly");
                    assertThat(askUnsigned(door)).as("after it").contains("IncompleteSignature");
                    for (Future<List<String>> each : heard) {
                        assertThat(each.get()).allMatch(answer -> answer.contains(THERE_IS_NONE));
                    }
                }
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** What was answered until the first one that wants a signature. */
    private List<String> askUntilShut(RequestAuthentication door, CountDownLatch under) {
        List<String> answers = new ArrayList<>();
        for (String answer = askUnsigned(door); !answer.contains("IncompleteSignature"); answer = askUnsigned(door)) {
            answers.add(answer);
            under.countDown();
        }
        return answers;
    }

    private String askUnsigned(RequestAuthentication door) {
        return api.answer(
                        ApiRequest.of(
                                "PUT", "/pop/v1/sam/changeorder/AbortChangeOrder?ChangeOrderId=none&Rollback=true"),
                        door)
                .text();
    }
}

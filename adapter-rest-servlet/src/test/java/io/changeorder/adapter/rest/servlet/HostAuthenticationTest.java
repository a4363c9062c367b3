package io.changeorder.adapter.rest.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.HostPrincipal;
import io.changeorder.adapter.rest.contract.Shell;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.RawHttp;
import io.changeorder.application.fixture.EngineWorld;
import io.changeorder.application.spi.store.ChangeOrderStore.ApplicationQuery;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom the host has authenticated acts, and nobody else does. */
class HostAuthenticationTest {
    private static final String CREATE = "/pop/v1/sam/app/createApplication?AppName=hello&PackageType=FatJar&Replicas=1"
            + "&PackageUrl=file:///v1.jar&ReadyForSeconds=0";

    private final EngineWorld world = new EngineWorld();
    private final RestApi api = RestApi.builder(world.commands(), world.queries())
            .clock(world.clock())
            .build();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aUserOfTheContainerBecomesTheActorInTheHistory() throws IOException {
        try (Shell host = new JettyHost(api, HostPrincipal.byName())) {
            Answered created = post(host, "Authorization: Basic " + basic("alice:wonderland") + "\r\n");

            assertThat(created.status()).isEqualTo(200);
            assertThat(firstActor(created)).isEqualTo(new Actor("alice"));
        }
    }

    @Test
    void nobodyAndAWrongPasswordAreRefused() throws IOException {
        try (Shell host = new JettyHost(api, HostPrincipal.byName())) {
            assertIsRefused(post(host, ""));
            assertIsRefused(post(host, "Authorization: Basic " + basic("alice:sesame") + "\r\n"));
            assertIsRefused(post(host, "Authorization: acs alice:signature\r\n"));
        }
        assertThat(world.store()
                        .listApplications(new ApplicationQuery("", "", 0, 10))
                        .items())
                .isEmpty();
    }

    @Test
    void aUserOfASpringServiceBecomesTheActorInTheHistory() throws IOException {
        try (Shell host =
                new SpringBootHost(api, HostPrincipal.named(badge -> new Actor("badge-" + badge.getName())))) {
            Answered created = post(host, "X-Badge: 007\r\n");

            assertThat(created.status()).isEqualTo(200);
            assertThat(firstActor(created)).isEqualTo(new Actor("badge-007"));
            assertIsRefused(post(host, ""));
            assertIsRefused(post(host, "X-Badge: no name of an actor\r\n"));
        }
    }

    private static void assertIsRefused(Answered answered) {
        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.code()).isEqualTo("Resouce.no.permission");
    }

    private Actor firstActor(Answered created) {
        ApplicationId id = new ApplicationId(created.data().get("AppId").asText());
        Event first = world.store().history(id, 1, 1).get(0);
        return first.actor();
    }

    private static Answered post(Shell host, String headers) throws IOException {
        return RawHttp.exchange(
                        host.port(),
                        "POST " + host.mount() + CREATE + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                                + "Content-Length: 0\r\n\r\n")
                .answered();
    }

    private static String basic(String userAndPassword) {
        return Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }
}

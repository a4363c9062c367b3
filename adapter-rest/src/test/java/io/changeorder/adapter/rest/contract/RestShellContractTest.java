package io.changeorder.adapter.rest.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract is worth something only if a shell that accepts everything and does nothing breaks it. */
class RestShellContractTest {
    @Test
    void aShellThatDoesNothingBreaksEveryTest() {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(IdleContract.class))
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .configurationParameter(IdleContract.WANTED, "true")
                                .build(),
                        listener);

        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getTestsFoundCount()).isGreaterThan(60);
        assertThat(summary.getTestsFailedCount()).isEqualTo(summary.getTestsFoundCount());
    }

    /** Fails in every test, so it runs only where that is wanted, whatever tests a build is asked for. */
    @ExtendWith(IdleContract.OnlyIfWanted.class)
    static final class IdleContract extends RestShellContract {
        static final String WANTED = "changeorder.idle-shell";

        static final class OnlyIfWanted implements ExecutionCondition {
            @Override
            public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
                return context.getConfigurationParameter(WANTED).isPresent()
                        ? ConditionEvaluationResult.enabled("wanted")
                        : ConditionEvaluationResult.disabled("not wanted");
            }
        }

        @Override
        protected Shell start(RestApi api, RequestAuthentication authentication) {
            return new IdleShell();
        }

        @Override
        protected boolean knowsItsOwnMachine() {
            return true;
        }
    }

    private static final class IdleShell implements Shell {
        private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

        private final HttpServer server;

        IdleShell() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                boolean head = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(200, head ? -1 : NOTHING.length);
                if (!head) {
                    exchange.getResponseBody().write(NOTHING);
                }
                exchange.close();
            });
            server.start();
        }

        @Override
        public int port() {
            return server.getAddress().getPort();
        }

        @Override
        public String mount() {
            return "";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}

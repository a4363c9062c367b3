package io.changeorder.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.changeorder.adapter.persistence.SqliteChangeOrderStore;
import io.changeorder.adapter.process.ProcessRuntime;
import io.changeorder.application.ChangeOrderEngine;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.Request;
import io.changeorder.application.api.command.Commands;
import io.changeorder.application.api.command.CreateApplication;
import io.changeorder.application.api.query.DescribeChangeOrder;
import io.changeorder.application.api.query.Queries;
import io.changeorder.application.fake.InMemoryChangeOrderStore;
import io.changeorder.application.fake.SimulatedRuntime;
import io.changeorder.application.spi.Authorizer;
import io.changeorder.application.spi.ChangeOrderListener;
import io.changeorder.application.spi.EngineOptions;
import io.changeorder.application.spi.runtime.ApplicationRuntime;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.Status;
import io.changeorder.domain.revision.Revision;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the starter does for a host, of whichever generation of Spring Boot. */
public abstract class StarterContract {
    private static final Request ALICE = Request.by(new Actor("alice"));
    private static final Settings SWIFT = Settings.of(2)
            .withTiming(new Timing(Duration.ZERO, Timing.DEFAULT.instanceReady(), Timing.DEFAULT.batch()));

    private final ApplicationContextRunner plain = new ApplicationContextRunner().withUserConfiguration(Plain.class);
    private final ApplicationContextRunner own = new ApplicationContextRunner().withUserConfiguration(Own.class);

    /** The status of the engine's health indicator with its details, as this Boot has them. */
    protected abstract String health(ApplicationContext context);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Own {
        @Bean
        ChangeOrderStore store() {
            return new InMemoryChangeOrderStore();
        }

        @Bean
        ApplicationRuntime runtime() {
            return new SimulatedRuntime(InstantSource.system());
        }
    }

    @Test
    void aDataFolderIsAllThatAHostMustSay(@TempDir Path folder) {
        plain.withPropertyValues("changeorder.data-folder=" + folder).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(ChangeOrderEngine.class);
            assertThat(context.getBean(ChangeOrderStore.class)).isInstanceOf(SqliteChangeOrderStore.class);
            assertThat(context.getBean(ApplicationRuntime.class)).isInstanceOf(ProcessRuntime.class);
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("changeorder-"));
    }

    @Test
    void everyUseCaseIsABean() {
        own.run(context -> assertThat(Stream.of(Commands.class, Queries.class)
                        .flatMap(aggregate -> Stream.of(aggregate.getRecordComponents()))
                        .map(RecordComponent::getType))
                .allSatisfy(useCase -> assertThat(context).hasSingleBean(useCase)));
    }

    @Test
    void theEngineIsStartedAndClosedWithTheContext() {
        own.run(context -> {
            settle(context);
            ChangeOrderEngine engine = context.getBean(ChangeOrderEngine.class);
            ChangeOrderStore store = context.getBean(ChangeOrderStore.class);
            context.getSourceApplicationContext().close();
            assertThatThrownBy(() -> create(engine.commands().create()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(store::maintenance).isInstanceOf(StoreUnavailableException.class);
        });
    }

    @Test
    void theEngineIsStartedThoughBeansAreMadeLate() {
        own.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(this::settle);
    }

    @Test
    void withoutAStoreTheContextSaysWhatIsMissing() {
        plain.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(NoSuchBeanDefinitionException.class)
                .hasMessageContaining(ChangeOrderStore.class.getName()));
    }

    @Test
    void thereIsNoEngineWhereItIsNotWanted() {
        plain.withPropertyValues("changeorder.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ChangeOrderEngine.class)
                        .doesNotHaveBean(EngineOptions.class)
                        .doesNotHaveBean("changeorderHealthIndicator"));
    }

    @Test
    void whatIsNotSetIsAsEverywhereElse() {
        own.run(context -> assertThat(context.getBean(EngineOptions.class)).isEqualTo(EngineOptions.DEFAULT));
    }

    @Test
    void whatIsSetBecomesTheEnginesOptions() {
        own.withPropertyValues(
                        "changeorder.max-replicas=7",
                        "changeorder.refuse-rolled-back-versions=true",
                        "changeorder.raise-limit=500ms",
                        "changeorder.lease=4s",
                        "changeorder.retention=7d",
                        "changeorder.timing.ready-for=1s",
                        "changeorder.timing.instance-ready=2m",
                        "changeorder.timing.batch=1h")
                .run(context -> assertThat(context.getBean(EngineOptions.class))
                        .isEqualTo(new EngineOptions(
                                7,
                                new Timing(Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofHours(1)),
                                true,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(4),
                                Duration.ofDays(7))));
    }

    @Test
    void whatIsSetAndMakesNoSenseStopsTheStart() {
        own.withPropertyValues("changeorder.max-replicas=0")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("1 instance or more"));
    }

    @Test
    void theHostsOwnAuthorizerAndListenerTakeThePlaceOfTheUsual() {
        own.withBean(Authorizer.class, () -> access -> false)
                .withBean(ChangeOrderListener.class, () -> events -> {})
                .run(context -> {
                    assertThat(context).hasSingleBean(Authorizer.class).hasSingleBean(ChangeOrderListener.class);
                    assertThatThrownBy(() -> create(context.getBean(CreateApplication.class)))
                            .hasMessageContaining("NOT_PERMITTED");
                });
    }

    @Test
    void theEngineIsMetered() {
        own.run(context -> {
            settle(context);
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("changeorder.calls")
                            .tag("operation", "create_application")
                            .tag("outcome", "accepted")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("changeorder.moves").timer().count()).isPositive();
        });
    }

    @Test
    void theEngineIsUpWhileItsStoreAnswers() {
        own.run(context -> {
            assertThat(health(context)).contains("UP").contains("node=");
            context.getBean(ChangeOrderStore.class).close();
            assertThat(health(context)).contains("DOWN").contains("the store is closed");
        });
    }

    @Test
    void theHealthOfTheEngineCanBeLeftOut() {
        own.withPropertyValues("management.health.changeorder.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("changeorderHealthIndicator"));
    }

    @Test
    void editorsAreToldOfTheProperties() throws IOException {
        try (InputStream metadata =
                ChangeorderProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(new String(metadata.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("changeorder.enabled", "changeorder.data-folder", "changeorder.timing.ready-for")
                    .contains("needed where the application has no store");
        }
    }

    private void settle(ApplicationContext context) {
        ChangeOrderId order =
                create(context.getBean(CreateApplication.class)).order().orElseThrow();
        DescribeChangeOrder describe = context.getBean(DescribeChangeOrder.class);
        await().until(() -> describe.handle(ALICE, new DescribeChangeOrder.Query(order))
                .orElseThrow()
                .order()
                .status()
                .equals(Status.SUCCEEDED));
    }

    private static Receipt create(CreateApplication create) {
        return create.handle(
                        ALICE,
                        new CreateApplication.Command(
                                "hello", "", Revision.command("/bin/sleep", "1001"), SWIFT, true, ""))
                .orElseThrow();
    }
}

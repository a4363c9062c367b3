package io.changeorder.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.command.Commands;
import io.changeorder.application.api.query.Queries;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An injector that is told what the wiring says can make an engine. */
class WiringTest {
    @Test
    void everyUseCaseIsBoundOnceInTheOrderOfTheAggregates() {
        Map<Class<?>, Class<?>> bound = new LinkedHashMap<>();
        Wiring.useCases(new Wiring.Binder() {
            @Override
            public <T> void bind(Class<T> useCase, Class<? extends T> by) {
                assertThat(bound.put(useCase, by)).isNull();
            }
        });

        assertThat(bound.keySet())
                .containsExactlyElementsOf(Stream.of(Commands.class, Queries.class)
                        .flatMap(aggregate -> Stream.of(aggregate.getRecordComponents()))
                        .map(RecordComponent::getType)
                        .toList());
        assertThat(bound.values()).doesNotHaveDuplicates();
    }

    @Test
    void everyClassIsASingletonWithOneConstructorForTheInjector() {
        assertThat(Wiring.classes()).doesNotHaveDuplicates().allSatisfy(each -> {
            assertThat(each).hasAnnotation(Singleton.class).isFinal();
            assertThat(Stream.of(each.getConstructors())
                            .filter(constructor -> constructor.isAnnotationPresent(Inject.class)))
                    .hasSize(1);
        });
    }

    @Test
    void whatTheConstructorsNeedIsAUseCaseOneOfTheClassesOrThePortsThatAHostBrings() {
        List<Class<?>> useCases = Stream.of(Commands.class, Queries.class)
                .flatMap(aggregate -> Stream.of(aggregate.getRecordComponents()))
                .<Class<?>>map(RecordComponent::getType)
                .toList();

        assertThat(Wiring.classes().stream()
                        .flatMap(each -> Stream.of(each.getConstructors()))
                        .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
                        .map(Constructor::getParameterTypes)
                        .flatMap(Stream::of)
                        .filter(needed -> !useCases.contains(needed))
                        .filter(needed -> !Wiring.classes().contains(needed))
                        .<String>map(Class::getSimpleName))
                .containsOnly(
                        "ChangeOrderStore",
                        "ApplicationRuntime",
                        "Authorizer",
                        "ChangeOrderListener",
                        "Metrics",
                        "InstantSource",
                        "IdSource",
                        "EngineOptions");
    }
}

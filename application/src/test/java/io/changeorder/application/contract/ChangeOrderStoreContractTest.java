package io.changeorder.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.application.api.Maintenance;
import io.changeorder.application.api.query.Page;
import io.changeorder.application.spi.store.ChangeOrderStore;
import io.changeorder.application.spi.store.CommitResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A contract that a store passes by doing nothing would be none. */
class ChangeOrderStoreContractTest {
    private static final Map<Class<?>, Object> NOTHING = Map.of(
            Optional.class,
            Optional.empty(),
            List.class,
            List.of(),
            Page.class,
            new Page<>(List.of(), 0),
            CommitResult.class,
            CommitResult.COMMITTED,
            Maintenance.class,
            Maintenance.OFF);

    @Test
    void aStoreThatDoesNothingFailsEveryTest() throws Exception {
        List<Method> tests = Arrays.stream(ChangeOrderStoreContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toList();
        assertThat(tests).isNotEmpty();
        for (Method test : tests) {
            assertThat(passes(test)).as(test.getName()).isFalse();
        }
    }

    private static boolean passes(Method test) throws IllegalAccessException {
        ChangeOrderStoreContract contract = new ChangeOrderStoreContract() {
            @Override
            protected ChangeOrderStore openStore() {
                return doNothing();
            }
        };
        try {
            contract.open();
            test.invoke(contract);
            return true;
        } catch (InvocationTargetException failed) {
            return false;
        } catch (IllegalAccessException inaccessible) {
            throw inaccessible;
        } catch (Exception notOpened) {
            throw new IllegalStateException(notOpened);
        }
    }

    private static ChangeOrderStore doNothing() {
        return (ChangeOrderStore) Proxy.newProxyInstance(
                ChangeOrderStore.class.getClassLoader(),
                new Class<?>[] {ChangeOrderStore.class},
                (proxy, method, arguments) -> NOTHING.get(method.getReturnType()));
    }
}

package io.changeorder.application.contract.trial;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the tests of a contract without a build failing with them. */
final class Trial {
    private Trial() {}

    /** The names of all tests of a contract. */
    static SortedSet<String> testsOf(Class<?> contract) {
        SortedSet<String> names = new TreeSet<>();
        annotated(contract, Test.class).forEach(test -> names.add(test.getName()));
        return names;
    }

    /**
     * The names of the tests that fail.
     *
     * @param contracts makes the contract on an adapter, anew for each test
     */
    static SortedSet<String> brokenTests(Supplier<?> contracts) {
        SortedSet<String> broken = new TreeSet<>();
        for (Method test : annotated(contracts.get().getClass(), Test.class)) {
            if (fails(test, contracts.get())) {
                broken.add(test.getName());
            }
        }
        return broken;
    }

    private static boolean fails(Method test, Object contract) {
        annotated(contract.getClass(), BeforeEach.class).forEach(each -> call(each, contract));
        boolean failed = false;
        try {
            test.invoke(contract);
        } catch (InvocationTargetException broken) {
            failed = true;
        } catch (IllegalAccessException inaccessible) {
            throw new LinkageError(test.getName(), inaccessible);
        }
        annotated(contract.getClass(), AfterEach.class).forEach(each -> call(each, contract));
        return failed;
    }

    private static void call(Method method, Object contract) {
        try {
            method.invoke(contract);
        } catch (ReflectiveOperationException failed) {
            throw new LinkageError(method.getName(), failed);
        }
    }

    /** Its methods with this annotation, inherited ones included, ready to be called. */
    static List<Method> annotated(Class<?> type, Class<? extends Annotation> annotation) {
        List<Method> found = new ArrayList<>();
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            Stream.of(each.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(annotation))
                    .peek(method -> method.setAccessible(true))
                    .forEach(found::add);
        }
        return found;
    }
}

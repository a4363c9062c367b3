package io.changeorder.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/**
 * How a library behaves in a JVM that is somebody else's. Each law is about the classes in the packages that it is given,
 * which are written as ArchUnit does, and fails when there are none. Thread-safe.
 */
public final class GuestLaws {
    private static final Set<String> STREAMS =
            Set.of("java.lang.System.out", "java.lang.System.err", "java.lang.System.in");
    private static final Set<String> HOUSE_RULES = Set.of(
            "java.lang.System.exit",
            "java.lang.System.setOut",
            "java.lang.System.setErr",
            "java.lang.System.setIn",
            "java.lang.System.setProperty",
            "java.lang.System.setProperties",
            "java.lang.System.clearProperty",
            "java.lang.Runtime.exit",
            "java.lang.Runtime.halt",
            "java.lang.Runtime.addShutdownHook",
            "java.lang.Thread.setDefaultUncaughtExceptionHandler",
            "java.util.Locale.setDefault",
            "java.util.TimeZone.setDefault",
            "java.net.URL.setURLStreamHandlerFactory",
            "java.security.Security.addProvider");
    private static final Set<String> HARMLESS_QUESTIONS_TO_A_CLASS = Set.of(
            "getName",
            "getSimpleName",
            "isInstance",
            "cast",
            "desiredAssertionStatus",
            "hashCode",
            "equals",
            "toString");

    private GuestLaws() {}

    /** Neither standard output nor standard error nor a stack trace on it. */
    public static ArchRule saysNothingOnTheConsole(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .accessTargetWhere(isOneOf(STREAMS))
                .orShould()
                .callMethodWhere(isCalled("printStackTrace"))
                .because("the console is the host's; what there is to say goes to SLF4J");
    }

    /** No logging framework is touched, only SLF4J. */
    public static ArchRule configuresNoLogging(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "ch.qos.logback..", "java.util.logging..", "org.apache.logging..", "org.apache.log4j..")
                .because("where the log goes is the host's business");
    }

    /** No exit, no shutdown hook, and nothing set that all of the JVM shares. */
    public static ArchRule changesNothingOfTheJvm(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .accessTargetWhere(isOneOf(HOUSE_RULES))
                .because("when the JVM ends, and how it is set, is for its host to say");
    }

    /** Static fields are final. */
    public static ArchRule keepsNoVariableInAClass(String... packages) {
        return fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(packages)
                .and()
                .areStatic()
                .should()
                .beFinal()
                .because("two engines in one JVM have nothing in common");
    }

    /**
     * No class makes something that threads share when it is loaded.
     *
     * @param argued classes that need it all the same
     */
    public static ArchRule keepsNothingThatChangesInAClass(
            DescribedPredicate<? super JavaClass> argued, String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .and(DescribedPredicate.not(argued))
                .should(makeSomethingThatChangesWhenLoaded())
                .because("two engines in one JVM have nothing in common");
    }

    /** No reflection, class loader, service loader or resource. */
    public static ArchRule usesNoReflectionAndLooksForNoResources(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "sun..", "jdk.internal..")
                .orShould()
                .dependOnClassesThat(assignableTo(ClassLoader.class)
                        .or(assignableTo(java.util.ServiceLoader.class))
                        .or(assignableTo(java.util.ResourceBundle.class)))
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "asks a class for more than its name",
                        call -> call.getTargetOwner().isEquivalentTo(Class.class)
                                && !HARMLESS_QUESTIONS_TO_A_CLASS.contains(
                                        call.getTarget().getName())))
                .because("what is only known when it runs can neither be compiled ahead nor archived");
    }

    /** The class initializer makes, or asks for, something that threads share. */
    private static ArchCondition<JavaClass> makeSomethingThatChangesWhenLoaded() {
        return new ArchCondition<>("make something that changes when they are loaded") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getStaticInitializer().stream()
                        .flatMap(initializer -> initializer.getAccessesFromSelf().stream())
                        .filter(access ->
                                !access.getTargetOwner().getModifiers().contains(JavaModifier.ABSTRACT)
                                        || access.getTargetOwner().isEquivalentTo(java.util.concurrent.Executors.class))
                        .filter(access -> changes(access.getTargetOwner()))
                        .forEach(access -> events.add(SimpleConditionEvent.satisfied(type, access.getDescription())));
            }
        };
    }

    private static boolean changes(JavaClass type) {
        return (type.getPackageName().startsWith("java.util.concurrent") && !type.isEnum())
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(Thread.class)
                || type.isAssignableTo(java.util.Timer.class);
    }

    private static DescribedPredicate<JavaAccess<?>> isOneOf(Set<String> members) {
        return DescribedPredicate.describe(
                "is one of " + members,
                access -> members.contains(access.getTargetOwner().getName() + "."
                        + access.getTarget().getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> isCalled(String name) {
        return DescribedPredicate.describe(
                "is called " + name, access -> access.getTarget().getName().equals(name));
    }
}

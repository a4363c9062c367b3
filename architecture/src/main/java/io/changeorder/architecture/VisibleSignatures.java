package io.changeorder.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What others see of a type. */
final class VisibleSignatures {
    private VisibleSignatures() {}

    /** A public or protected member, or a supertype, of a type that others see has such a type in its signature, generics included. */
    static ArchCondition<JavaClass> mention(DescribedPredicate<JavaClass> unwanted) {
        return new ArchCondition<>("mention a class that " + unwanted.getDescription() + " where others see it") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isVisible(type)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is not visible"));
                    return;
                }
                List<String> found = Stream.concat(
                                superTypes(type)
                                        .filter(unwanted)
                                        .map(each -> type.getName() + " is a " + each.getName()),
                                type.getMembers().stream()
                                        .filter(VisibleSignatures::isVisible)
                                        .flatMap(member -> mentioned(member)
                                                .filter(unwanted)
                                                .map(each -> member.getFullName() + " mentions " + each.getName())))
                        .toList();
                found.forEach(each -> events.add(SimpleConditionEvent.satisfied(type, each)));
                if (found.isEmpty()) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " mentions none"));
                }
            }
        };
    }

    /** By itself, or as part of what a neighbour that is visible too says to others. */
    static ArchCondition<JavaClass> beNeededOutsideTheirPackage() {
        return new ArchCondition<>("be needed outside their package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean needed = isUsedOutside(type)
                        || type.getPackage().getClasses().stream()
                                .filter(neighbour -> !outermost(neighbour).equals(type))
                                .filter(VisibleSignatures::isVisible)
                                .flatMap(neighbour -> neighbour.getMembers().stream())
                                .filter(VisibleSignatures::isVisible)
                                .flatMap(VisibleSignatures::mentioned)
                                .anyMatch(mentioned -> outermost(mentioned).equals(type));
                events.add(new SimpleConditionEvent(
                        type, needed, type.getName() + (needed ? " is" : " is public and not") + " needed elsewhere"));
            }
        };
    }

    private static boolean isUsedOutside(JavaClass type) {
        return type.getPackage().getClasses().stream()
                .filter(each -> outermost(each).equals(type))
                .flatMap(each -> each.getDirectDependenciesToSelf().stream())
                .anyMatch(dependency ->
                        !dependency.getOriginClass().getPackageName().equals(type.getPackageName()));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(VisibleSignatures::outermost).orElse(type);
    }

    static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage()
                        .tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isPresent();
                events.add(new SimpleConditionEvent(
                        type,
                        marked,
                        type.getName() + " is in a package that is" + (marked ? "" : " not") + " @NullMarked"));
            }
        };
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(VisibleSignatures::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> superTypes(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                .map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Collection::stream);
    }

    private static Stream<JavaClass> mentioned(JavaMember member) {
        if (member instanceof JavaCodeUnit unit) {
            return Stream.concat(
                            Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream()),
                            unit.getExceptionTypes().stream())
                    .map(JavaType::getAllInvolvedRawTypes)
                    .flatMap(Collection::stream);
        }
        return ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
    }
}

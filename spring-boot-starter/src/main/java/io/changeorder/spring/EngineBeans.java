package io.changeorder.spring;

import io.changeorder.application.Wiring;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Makes the classes of the core known as they are; Spring reads their constructors, and closes them before what they
 * depend on.
 */
final class EngineBeans implements ImportBeanDefinitionRegistrar {
    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        for (Class<?> each : Wiring.classes()) {
            registry.registerBeanDefinition(each.getName(), new RootBeanDefinition(each));
        }
    }
}

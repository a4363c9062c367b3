package io.changeorder.spring;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.ApplicationContext;

class StarterOnBoot3Test extends StarterContract {
    @Override
    protected String health(ApplicationContext context) {
        Health health = context.getBean("changeorderHealthIndicator", HealthIndicator.class)
                .health();
        return health.getStatus() + " " + health.getDetails();
    }
}

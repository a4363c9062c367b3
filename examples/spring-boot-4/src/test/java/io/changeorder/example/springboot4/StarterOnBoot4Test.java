package io.changeorder.example.springboot4;

import io.changeorder.spring.StarterContract;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;

class StarterOnBoot4Test extends StarterContract {
    @Override
    protected String health(ApplicationContext context) {
        Health health = context.getBean("changeorderHealthIndicator", HealthIndicator.class)
                .health();
        return health.getStatus() + " " + health.getDetails();
    }
}

package io.changeorder.example.springboot3;

import io.changeorder.example.nightshift.Bell;
import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.Night;
import io.changeorder.example.nightshift.NightShift;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** A host that Spring Boot puts together: the starter makes an engine, and each use case a bean. */
@SpringBootApplication
@Import({Bell.class, NightShift.class})
public class SpringBoot3Host {
    public static void main(String[] args) throws Exception {
        HelloSite.show(SpringBoot3Host::night);
    }

    static Night night(HelloSite site) throws InterruptedException {
        try (ConfigurableApplicationContext context =
                SpringApplication.run(SpringBoot3Host.class, "--changeorder.data-folder=" + site.folder())) {
            return Night.of(context.getBean(NightShift.class), site);
        }
    }
}

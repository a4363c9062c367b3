package io.changeorder.adapter.rest.servlet;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.contract.Shell;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** A Spring Boot service on its embedded Tomcat, with all that it configures by itself, the API mounted beside it. */
final class SpringBootHost implements Shell {
    private final ConfigurableApplicationContext context;

    /** @param properties beside the usual ones */
    SpringBootHost(RestApi api, RequestAuthentication authentication, String... properties) {
        context = new SpringApplicationBuilder(Service.class)
                .initializers((GenericApplicationContext beans) -> {
                    beans.registerBean(RestApi.class, () -> api);
                    beans.registerBean(RequestAuthentication.class, () -> authentication);
                })
                .properties(
                        "server.address=127.0.0.1",
                        "server.port=0",
                        "server.servlet.context-path=/host",
                        "server.max-http-request-header-size=64KB",
                        "spring.main.banner-mode=off",
                        "spring.main.register-shutdown-hook=false")
                .properties(properties)
                .run();
    }

    @Override
    public int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    @Override
    public String mount() {
        return "/host/changeorder";
    }

    @Override
    public void close() {
        context.close();
    }

    @EnableAutoConfiguration
    @Configuration(proxyBeanMethods = false)
    static class Service {
        @Bean
        ServletRegistrationBean<ChangeorderServlet> changeorder(RestApi api, RequestAuthentication authentication) {
            return new ServletRegistrationBean<>(new ChangeorderServlet(api, authentication), "/changeorder/*");
        }

        /** Stands for whatever the host knows its users by. */
        @Bean
        Filter badges() {
            return (request, response, chain) -> {
                HttpServletRequest http = (HttpServletRequest) request;
                chain.doFilter(
                        Optional.ofNullable(http.getHeader("X-Badge"))
                                .<HttpServletRequest>map(badge -> new Badged(http, badge))
                                .orElse(http),
                        response);
            };
        }
    }

    private static final class Badged extends HttpServletRequestWrapper {
        private final String badge;

        Badged(HttpServletRequest request, String badge) {
            super(request);
            this.badge = badge;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> badge;
        }
    }
}

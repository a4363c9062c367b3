package io.changeorder.adapter.rest;

import io.changeorder.adapter.rest.authentication.AuditOfRefusals;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.adapter.rest.message.Envelope;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.adapter.rest.operation.AuthenticationFailedException;
import io.changeorder.adapter.rest.operation.Readiness;
import io.changeorder.adapter.rest.operation.Router;
import io.changeorder.adapter.rest.view.WireTime;
import io.changeorder.application.api.command.Commands;
import io.changeorder.application.api.query.Queries;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.application.spi.store.StoreUnavailableException;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire (SAE 2019-05-06, change-order family) without a server: a request in, an answer out. Every answer is an
 * envelope in JSON, or in XML for who prefers it, whatever went wrong; nothing is thrown. Safe from any thread.
 */
public final class RestApi {
    private static final Logger LOG = LoggerFactory.getLogger(RestApi.class);

    /** Most characters of all headers, names and values. */
    private static final int MAX_HEADERS = 16 * 1024;

    private static final int HEADERS_TOO_LARGE = 431;

    private final Router router;

    private RestApi(Router router) {
        this.router = router;
    }

    /** Over these verbs of the engine. */
    public static Builder builder(Commands commands, Queries queries) {
        return new Builder(commands, queries);
    }

    /**
     * Answers one request.
     *
     * @param authentication says who sent it
     */
    public ApiResponse answer(ApiRequest request, RequestAuthentication authentication) {
        Envelope envelope = Envelope.of(request);
        String operation = router.nameOf(request);
        Answer answer = request.headerLength() > MAX_HEADERS
                ? Failure.ofRequest(
                        HEADERS_TOO_LARGE, "request", "its headers are larger than " + MAX_HEADERS + " bytes")
                : judged(request, authentication, operation, envelope);
        ApiResponse response = envelope.seal(operation, answer);
        LOG.debug("{} {} -> {}", envelope.requestId(), operation, response.status());
        return response;
    }

    /** Answers what does not get as far as an operation, since the shell around the API refuses it. */
    public ApiResponse refuse(ApiRequest request, Failure failure) {
        return Envelope.of(request).seal("", failure);
    }

    private Answer judged(
            ApiRequest request, RequestAuthentication authentication, String operation, Envelope envelope) {
        try {
            return router.answer(request, authentication, envelope.origin(request));
        } catch (RejectedRequest e) {
            return e.failure();
        } catch (StoreUnavailableException e) {
            LOG.warn("{} {} could not be served: {}", envelope.requestId(), operation, e.getMessage(), e);
            return Failure.of(WireError.UNAVAILABLE).withRecommendation(e.advice());
        } catch (RuntimeUnavailableException e) {
            LOG.warn("{} {} could not be served: {}", envelope.requestId(), operation, e.getMessage(), e);
            return Failure.of(WireError.UNAVAILABLE);
        } catch (AuthenticationFailedException e) {
            LOG.error("{} {}: {}", envelope.requestId(), operation, e.getMessage(), e.getCause());
            return Failure.of(WireError.UNAVAILABLE);
        } catch (RuntimeException | Error e) {
            LOG.error("{} {} failed", envelope.requestId(), operation, e);
            return Failure.of(WireError.INTERNAL);
        }
    }

    /** Collects what the wire needs. Not thread-safe. */
    public static final class Builder {
        private final Commands commands;
        private final Queries queries;
        private ZoneId zone = ZoneOffset.UTC;
        private InstantSource clock = Clock.systemUTC();
        private Readiness readiness = Readiness.ALWAYS;
        private AuditOfRefusals audit = AuditOfRefusals.NONE;

        private Builder(Commands commands, Queries queries) {
            this.commands = commands;
            this.queries = queries;
        }

        /** The times of orders are told in this zone; UTC unless set. */
        public Builder zone(ZoneId newZone) {
            zone = newZone;
            return this;
        }

        public Builder clock(InstantSource newClock) {
            clock = newClock;
            return this;
        }

        /** What {@code /readyz} says; always ready unless set. */
        public Builder readiness(Readiness newReadiness) {
            readiness = newReadiness;
            return this;
        }

        /** Hears of commands that were refused since nobody has proved to send them; nobody does unless set. */
        public Builder auditOfRefusals(AuditOfRefusals newAudit) {
            audit = newAudit;
            return this;
        }

        public RestApi build() {
            return new RestApi(new Router(commands, queries, readiness, audit, new WireTime(zone), clock));
        }
    }
}

package io.changeorder.adapter.persistence.document;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.google.common.net.InetAddresses;
import io.changeorder.application.spi.access.AccessKey.SealedSecret;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.Fence;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.id.NodeId;
import io.changeorder.domain.order.Attention;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.RevisionId;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * How the domain's records become JSON: by their components, identities as plain text, sealed types with a
 * {@code kind}. The names of components, constants and kinds are part of the format: rename or add one and a format
 * number is due.
 */
final class DomainMapping {
    private static final char GENERATION_MARK = '@';

    private DomainMapping() {}

    static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModules(new Jdk8Module(), plainTexts())
                .addMixIn(Snapshot.class, SnapshotKinds.class)
                .addMixIn(Probe.Action.class, ProbeKinds.class)
                .addMixIn(Attention.class, AttentionKinds.class)
                .addMixIn(Happening.class, HappeningKinds.class)
                .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .build();
    }

    private static SimpleModule plainTexts() {
        SimpleModule module = new SimpleModule("plain texts");
        // The two that are needed of java.time; Jackson's module for all of it takes its time to load.
        text(module, Instant.class, Instant::toString, Instant::parse);
        text(module, Duration.class, Duration::toString, Duration::parse);
        text(module, ApplicationId.class, ApplicationId::value, ApplicationId::new);
        text(module, ChangeOrderId.class, ChangeOrderId::value, ChangeOrderId::new);
        text(module, BatchId.class, BatchId::value, BatchId::new);
        text(module, InstanceId.class, InstanceId::value, InstanceId::new);
        text(module, NodeId.class, NodeId::value, NodeId::new);
        text(module, RevisionId.class, RevisionId::value, RevisionId::new);
        text(module, Actor.class, Actor::name, Actor::new);
        text(module, SealedSecret.class, SealedSecret::text, SealedSecret::new);
        text(module, InetAddress.class, InetAddresses::toAddrString, InetAddresses::forString);
        module.addSerializer(Fence.class, writer((fence, generator) -> generator.writeNumber(fence.value())));
        module.addDeserializer(Fence.class, new JsonDeserializer<Fence>() {
            @Override
            public Fence deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return new Fence(parser.getLongValue());
            }
        });
        module.addKeySerializer(
                Entry.class,
                writer((entry, generator) ->
                        generator.writeFieldName(entry.revision().value() + GENERATION_MARK + entry.generation())));
        module.addKeyDeserializer(Entry.class, new EntryKey());
        return module;
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> toText, Function<String, T> fromText) {
        module.addSerializer(type, writer((value, generator) -> generator.writeString(toText.apply(value))));
        module.addDeserializer(type, new JsonDeserializer<T>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return fromText.apply(parser.getText());
            }
        });
    }

    private static <T> JsonSerializer<T> writer(Writing<T> writing) {
        return new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
                writing.write(value, generator);
            }
        };
    }

    private interface Writing<T> {
        void write(T value, JsonGenerator generator) throws IOException;
    }

    /** {@code <revision>@<generation>}, the revision in full. */
    private static final class EntryKey extends KeyDeserializer {
        @Override
        public Entry deserializeKey(String key, DeserializationContext context) {
            int mark = key.lastIndexOf(GENERATION_MARK);
            if (mark < 0) {
                throw new IllegalArgumentException("not an entry: " + key);
            }
            return new Entry(new RevisionId(key.substring(0, mark)), Integer.parseInt(key.substring(mark + 1)));
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Snapshot.NotDeployed.class, name = "notDeployed"),
        @JsonSubTypes.Type(value = Snapshot.Stopped.class, name = "stopped"),
        @JsonSubTypes.Type(value = Snapshot.Running.class, name = "running"),
        @JsonSubTypes.Type(value = Snapshot.Deleted.class, name = "deleted")
    })
    private interface SnapshotKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Probe.Exec.class, name = "exec"),
        @JsonSubTypes.Type(value = Probe.HttpGet.class, name = "httpGet"),
        @JsonSubTypes.Type(value = Probe.TcpSocket.class, name = "tcpSocket")
    })
    private interface ProbeKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Attention.LimitsBlock.class, name = "limitsBlock"),
        @JsonSubTypes.Type(value = Attention.DeadlinePassed.class, name = "deadlinePassed"),
        @JsonSubTypes.Type(value = Attention.InstanceFailed.class, name = "instanceFailed"),
        @JsonSubTypes.Type(value = Attention.RestoreIncomplete.class, name = "restoreIncomplete"),
        @JsonSubTypes.Type(value = Attention.RuntimeBroken.class, name = "runtimeBroken")
    })
    private interface AttentionKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Happening.ApplicationCreated.class, name = "applicationCreated"),
        @JsonSubTypes.Type(value = Happening.OrderOpened.class, name = "orderOpened"),
        @JsonSubTypes.Type(value = Happening.BatchesPlanned.class, name = "batchesPlanned"),
        @JsonSubTypes.Type(value = Happening.OrderMoved.class, name = "orderMoved"),
        @JsonSubTypes.Type(value = Happening.OrderFrozen.class, name = "orderFrozen"),
        @JsonSubTypes.Type(value = Happening.StartedAfresh.class, name = "startedAfresh"),
        @JsonSubTypes.Type(value = Happening.Intended.class, name = "intended"),
        @JsonSubTypes.Type(value = Happening.FenceGrew.class, name = "fenceGrew"),
        @JsonSubTypes.Type(value = Happening.GrowthChanged.class, name = "growthChanged"),
        @JsonSubTypes.Type(value = Happening.TakenOver.class, name = "takenOver"),
        @JsonSubTypes.Type(value = Happening.Settled.class, name = "settled"),
        @JsonSubTypes.Type(value = Happening.VersionRolledBack.class, name = "versionRolledBack"),
        @JsonSubTypes.Type(value = Happening.RolledBackVersionDeployed.class, name = "rolledBackVersionDeployed")
    })
    private interface HappeningKinds {}
}

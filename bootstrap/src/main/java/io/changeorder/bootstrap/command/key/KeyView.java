package io.changeorder.bootstrap.command.key;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.changeorder.adapter.access.key.NewSecret;
import io.changeorder.adapter.access.policy.Policies;
import io.changeorder.application.spi.access.AccessKey;
import io.changeorder.bootstrap.terminal.Table;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Keys for people and programs; secrets only where they are new. */
final class KeyView {
    private static final String DOCUMENT = "(document)";
    private static final String ID = "CHANGEORDER_ACCESS_KEY_ID=";
    private static final String SECRET = "CHANGEORDER_ACCESS_KEY_SECRET=";
    private static final String TOKEN = "CHANGEORDER_SECURITY_TOKEN=";

    private KeyView() {}

    static Table table(List<AccessKey> keys, Instant now) {
        Table table = new Table("ID", "STATE", "POLICIES", "HMAC-SHA1", "CREATED", "EXPIRES", "DESCRIPTION");
        keys.forEach(key -> table.add(
                key.id().name(),
                state(key, now),
                key.policies().stream().map(KeyView::title).collect(Collectors.joining(",")),
                key.hmacSha1Allowed() ? "yes" : "no",
                key.createdAt().toString(),
                key.expiresAt().map(Instant::toString).orElse("-"),
                key.description()));
        return table;
    }

    private static String title(String policy) {
        return Policies.isDocument(policy) ? DOCUMENT : policy;
    }

    private static String state(AccessKey key, Instant now) {
        if (!key.enabled()) {
            return "disabled";
        }
        if (!key.isGoodAt(now)) {
            return "expired";
        }
        return key.retiring().filter(old -> now.isBefore(old.until())).isPresent() ? "rotating" : "enabled";
    }

    static ArrayNode json(List<AccessKey> keys, Instant now) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        keys.forEach(key -> array.add(json(key, now)));
        return array;
    }

    static ObjectNode json(AccessKey key, Instant now) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("AccessKeyId", key.id().name())
                .put("State", state(key, now))
                .put("Enabled", key.enabled())
                .put("HmacSha1Allowed", key.hmacSha1Allowed())
                .put("Temporary", key.securityToken().isPresent())
                .put("Description", key.description())
                .put("CreateTime", key.createdAt().toEpochMilli());
        ArrayNode policies = row.putArray("Policies");
        key.policies().forEach(policies::add);
        key.expiresAt().ifPresent(at -> row.put("ExpireTime", at.toEpochMilli()));
        key.retiring()
                .filter(old -> now.isBefore(old.until()))
                .ifPresent(old -> row.put("OldSecretUntil", old.until().toEpochMilli()));
        return row;
    }

    static ObjectNode json(NewSecret made, Instant now) {
        ObjectNode row = json(made.key(), now).put("AccessKeySecret", made.secret());
        made.securityToken().ifPresent(token -> row.put("SecurityToken", token));
        return row;
    }

    /** As a file of an environment. */
    static String words(NewSecret made) {
        String lines = ID + made.key().id() + System.lineSeparator() + SECRET + made.secret();
        return made.securityToken()
                .map(token -> lines + System.lineSeparator() + TOKEN + token)
                .orElse(lines);
    }
}

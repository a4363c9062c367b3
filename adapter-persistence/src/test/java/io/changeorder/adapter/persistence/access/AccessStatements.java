package io.changeorder.adapter.persistence.access;

import java.util.List;

/** What a store asks of a table that grows with every signed request, for tests of other packages. */
public final class AccessStatements {
    private AccessStatements() {}

    /** With the dialect as for {@link SqlAccessStore#SqlAccessStore(String, String)}. */
    public static List<String> onNonces(String now, String lock) {
        return List.of(AccessSql.remember(now), AccessSql.isRemembered(now), AccessSql.forget(now, lock));
    }
}

package io.changeorder.architecture.planted.application.engine;

import java.sql.Connection;
import java.sql.SQLException;

class SpeaksSql {
    void end(Connection connection) throws SQLException {
        connection.commit();
    }
}

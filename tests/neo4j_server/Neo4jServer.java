import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.io.ByteUnit;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/** Starts an empty Neo4j on a free port of 127.0.0.1, says where, and stops when its input ends. */
public final class Neo4jServer {
    public static void main(String[] arguments) throws Exception {
        DatabaseManagementService server =
                new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
                        .setConfig(BoltConnector.enabled, true)
                        .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0))
                        .setConfig(HttpConnector.enabled, false)
                        .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(64))
                        .setConfig(GraphDatabaseSettings.auth_enabled, false)
                        .build();
        GraphDatabaseService database = server.database("neo4j");
        var ports =
                ((GraphDatabaseAPI) database)
                        .getDependencyResolver()
                        .resolveDependency(ConnectorPortRegister.class);
        int port = ports.getLocalAddress(ConnectorType.BOLT).getPort();
        System.out.println("READY bolt://127.0.0.1:" + port);
        while (System.in.read() >= 0) {
            Thread.sleep(Duration.ofMillis(50).toMillis());
        }
        server.shutdown();
    }
}

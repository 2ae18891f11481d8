package dev.asyncloop.samples.spring;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** Orders in a table, by Spring. */
final class Orders {

    private final JdbcTemplate jdbc;

    private Orders(DataSource database) {
        jdbc = new JdbcTemplate(database);
        jdbc.execute("create table orders (article varchar(20))");
    }

    void add(String article) {
        jdbc.update("insert into orders values (?)", article);
    }

    int count() {
        return jdbc.queryForObject("select count(*) from orders", Integer.class);
    }

    @Configuration
    static class Application {

        @Bean
        DataSource database() {
            return new DriverManagerDataSource("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1");
        }

        @Bean
        PlatformTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }

        @Bean
        Orders orders(DataSource database) {
            return new Orders(database);
        }
    }
}

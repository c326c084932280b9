using Chia.Storage.Postgres;
using Npgsql;

namespace Chia.Storage.Tests.Postgres;

/// <summary>What an address does not say is set so that a server that is frozen is noticed in time.</summary>
public sealed class PostgresAddressTests
{
    /// <summary>Half a minute is what the chain's callers wait for a block to be stored (AnswerTime.Disk).</summary>
    private const int CallersWait = 30;

    [Fact]
    public void A_server_that_does_not_answer_is_given_up_before_whoever_waits_for_the_store_gives_up()
    {
        var words = PostgresAddress.Bounded("Host=127.0.0.1;Database=chia", "blocks");

        // The statement, then a connection to call it off, and its answer.
        Assert.InRange(words.CommandTimeout + (2 * words.Timeout), 1, CallersWait - 5);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Command Timeout=33;Timeout=7;Max Auto Prepare=0")]
    [InlineData("postgresql://127.0.0.1/chia?connect_timeout=7&Command%20Timeout=33")]
    public void What_an_address_says_goes_before(string address)
    {
        var words = PostgresAddress.Bounded(PostgresAddress.ToConnectionString(address), "blocks");
        Assert.Equal((33, 7), (words.CommandTimeout, words.Timeout));
    }

    /// <summary>Who looks at the server's list of connections sees whose they are.</summary>
    [Theory]
    [InlineData("Host=127.0.0.1", "chia blocks")]
    [InlineData("Host=127.0.0.1;Application Name=mine", "mine")]
    [InlineData("postgresql://127.0.0.1/chia?application_name=mine", "mine")]
    public async Task Connections_of_a_store_say_who_asks_unless_the_address_does(string address, string expected)
    {
        await using var connections = new PostgresConnections(PostgresAddress.ToConnectionString(address));
        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(connections.Source.ConnectionString).ApplicationName);
    }
}

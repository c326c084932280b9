using System.Net.Sockets;
using System.Text.Json;
using Chia.Silo.Node;
using Chia.Storage.Errors;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Chia.Silo.Tests.Node;

/// <summary>Lines for people and for programs; nothing in them steers a terminal (OPERATIONS 5).</summary>
public sealed class LogLineTests
{
    private static readonly DateTimeOffset Time = new(2019, 12, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));

    [Fact]
    public void A_line_for_people_has_time_with_date_level_category_message() =>
        Assert.Equal("2019-12-03T02:05:06.789Z warn Chia.Gateway: hello", Line("hello").Write(LogFormat.Text));

    [Fact]
    public void A_line_of_one_of_several_hosts_has_its_name() =>
        Assert.Equal(
            "2019-12-03T02:05:06.789Z warn node-2: Chia.Gateway: hello", (Line("hello") with { Host = "node-2" }).Write(LogFormat.Text));

    [Theory]
    [InlineData(LogFormat.Text)]
    [InlineData(LogFormat.Json)]
    internal void Whatever_is_said_stays_one_line_without_control_characters(LogFormat format)
    {
        var line = (Line("a\u001b[2Jb\r\nc\u202ed\u0000") with { Host = "h" }).Write(format);
        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain('\u202e', line);
    }

    /// <summary>A block that could not be read was 28 lines for every peer that asked for it.</summary>
    [Theory]
    [InlineData(LogFormat.Text)]
    [InlineData(LogFormat.Json)]
    internal void What_is_wrong_with_the_store_is_said_without_the_way_that_led_there(LogFormat format)
    {
        Exception? met = null;
        try
        {
            throw new StoreDamagedException("blocks.db", "a page", new IOException("inner"));
        }
        catch (StoreDamagedException error)
        {
            met = error;
        }

        var line = (Line("failed") with { Error = met }).Write(format);
        Assert.Contains("chia db verify", line, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(What_is_wrong_with_the_store_is_said_without_the_way_that_led_there), line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
    }

    /// <summary>A database that was frozen for 40 seconds was a thousand lines of stacks on every silo; Orleans puts stacks into messages
    /// too.</summary>
    [Theory]
    [InlineData(LogFormat.Text)]
    [InlineData(LogFormat.Json)]
    internal void What_is_away_is_said_in_a_line(LogFormat format)
    {
        foreach (var away in new[]
        {
            Met(new TimeoutException("no answer")), Met(new OperationCanceledException("no answer")),
            Met(new SqliteException("no answer", 5)), Met(new IOException("no answer", Met(new SocketException(111)))),
            Met(new OrleansException("kept\n \nExc level 0:\n   at Somewhere", new IOException("no answer"))),
        })
        {
            var line = (Line("failed") with { Error = away }).Write(format);
            Assert.Contains("no answer", line, StringComparison.Ordinal);
            Assert.DoesNotContain(" at ", line, StringComparison.Ordinal);
        }
    }

    /// <summary>What nobody thought of keeps the way that led there.</summary>
    [Fact]
    public void A_fault_of_the_program_is_said_with_its_stack() =>
        Assert.Contains($" at {typeof(LogLineTests)}", (Line("failed") with { Error = Met(new InvalidOperationException("x")) }).Text(),
            StringComparison.Ordinal);

    [Fact]
    public void A_line_for_programs_is_an_object_with_the_messages_values()
    {
        var line = Line("reached \"a\"\n") with
        {
            Id = new EventId(4005),
            Error = new InvalidOperationException("broken"),
            Values =
            [
                new("Target", "a:1"), new("Count", 7), new("Share", 0.5), new("Weight", ulong.MaxValue), new("Ok", true),
                new("Nothing", null), new("{OriginalFormat}", "reached {Target}"),
            ],
        };
        var json = JsonDocument.Parse(line.Write(LogFormat.Json)).RootElement;
        Assert.Equal("2019-12-03T02:05:06.789Z", json.GetProperty("time").GetString());
        Assert.Equal("warning", json.GetProperty("level").GetString());
        Assert.Equal("Chia.Gateway", json.GetProperty("category").GetString());
        Assert.Equal(4005, json.GetProperty("id").GetInt32());
        Assert.Equal("reached \"a\"\n", json.GetProperty("message").GetString());
        Assert.Contains("broken", json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            """{"Target":"a:1","Count":7,"Share":0.5,"Weight":18446744073709551615,"Ok":true,"Nothing":null}""",
            json.GetProperty("values").GetRawText());
        Assert.False(json.TryGetProperty("host", out _));
    }

    private static Exception Met(Exception error)
    {
        try
        {
            throw error;
        }
        catch (Exception met)
        {
            return met;
        }
    }

    private static LogLine Line(string message) => new(Time, LogLevel.Warning, "Chia.Gateway", default, message, null);
}

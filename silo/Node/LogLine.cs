using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Chia.GrainInterfaces.Clusters;
using Chia.Silo.Views;
using Chia.Storage.Errors;

namespace Chia.Silo.Node;

/// <summary>How log lines are written (OPERATIONS 5).</summary>
internal enum LogFormat
{
    /// <summary>For people: time with date, level, category, message.</summary>
    Text,

    /// <summary>For programs: an object a line, with the message's values beside it.</summary>
    Json,
}

/// <summary>
/// What is logged, on one line, wherever it goes. What peers sent may be in it, so it is made printable: no control character reaches a
/// terminal or a file.
/// </summary>
/// <param name="Time">When.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Category">Who says it.</param>
/// <param name="Id">Number of the message among those of its category.</param>
/// <param name="Message">What it says.</param>
/// <param name="Error">What went wrong.</param>
internal readonly record struct LogLine(
    DateTimeOffset Time, LogLevel Level, string Category, EventId Id, string Message, Exception? Error)
{
    /// <summary>Time with date, in UTC, as ISO 8601 has it.</summary>
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>The host that says it, of several in a process; empty for the only one.</summary>
    public string Host { get; init; } = "";

    /// <summary>The values in the message by their names; null for none.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>>? Values { get; init; }

    /// <summary>As a line, without its end.</summary>
    public string Write(LogFormat format) => format == LogFormat.Json ? Json() : Text();

    /// <summary>For people.</summary>
    public string Text()
    {
        var host = Host.Length == 0 ? "" : $"{Host}: ";
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} {Word(Level)} {host}{Category}: {Printable.Escape(Message)}");
        if (Error is null)
            return line;
        return IsForOperators ? $"{line}: {Printable.Escape(CallFaults.Said(Error))}" : $"{line} {Printable.EscapeLines(Error.ToString())}";
    }

    /// <summary>Its message says what happened and what to do, or a database, a network or a silo was away: where in the program it was
    /// met is of no use to anybody. An outage of half a minute was a thousand lines of stacks.</summary>
    private bool IsForOperators =>
        Error is StoreException or UserException or DbException or IOException or SocketException
        || (Error is not null && CallFaults.GoesBy(Error));

    /// <summary>For programs. JSON spells out whatever is not a printable ASCII character.</summary>
    private string Json()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteString("level", Level.ToString().ToLowerInvariant());
            if (Host.Length > 0)
                json.WriteString("host", Host);
            json.WriteString("category", Category);
            if (Id.Id != 0)
                json.WriteNumber("id", Id.Id);
            json.WriteString("message", Message);
            if (Error is not null)
                json.WriteString("error", IsForOperators ? CallFaults.Said(Error) : Error.ToString());
            WriteValues(json);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void WriteValues(Utf8JsonWriter json)
    {
        const string template = "{OriginalFormat}";
        if (Values is null || !Values.Any(value => value.Key != template))
            return;
        json.WriteStartObject("values");
        foreach (var (name, value) in Values.Where(value => value.Key != template).DistinctBy(value => value.Key))
        {
            switch (value)
            {
                case null:
                    json.WriteNull(name);
                    break;
                case int or long or uint or ushort or byte:
                    json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                    break;
                case ulong number:
                    json.WriteNumber(name, number);
                    break;
                case double number when double.IsFinite(number):
                    json.WriteNumber(name, number);
                    break;
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                default:
                    json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}

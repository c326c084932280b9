using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chia.Silo.Views;

/// <summary>What a command found, by name: one line <c>name=value name=value</c>, or the same as one JSON object.</summary>
internal sealed class ResultLine
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(string Name, object? Value)> _values = [];

    /// <summary>Adds a value: text, a number, a truth, a list of texts, values with names of their own, or null for one that there is
    /// not.</summary>
    public ResultLine With(string name, object? value)
    {
        _values.Add((name, value));
        return this;
    }

    /// <summary>One line. Lists and what has names of its own are left to JSON: people are told them one by one.</summary>
    public override string ToString() =>
        string.Join(
            ' ',
            _values.Where(v => v.Value is not (IEnumerable<string> or ResultLine))
                .Select(v => $"{v.Name}={Printable.Escape(Text(v.Value))}"));

    /// <summary>One JSON object. Text from outside is escaped as JSON does it, control characters included.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            Write(json, this);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>To standard output, as it was asked for.</summary>
    public void Print(bool asJson) => Print(asJson, ToString());

    /// <summary>As the other, where people are told it in other words.</summary>
    public void Print(bool asJson, string inWords) => Console.Out.Write((asJson ? ToJson() : inWords) + Environment.NewLine);

    private static string Text(object? value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double number => number.ToString("F2", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(Math.Round(number, 6));
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts)
                    json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            case ResultLine inner:
                json.WriteStartObject();
                foreach (var (name, named) in inner._values)
                {
                    json.WritePropertyName(name);
                    Write(json, named);
                }

                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue($"{value}");
                break;
        }
    }
}

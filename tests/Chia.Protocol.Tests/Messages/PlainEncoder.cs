using System.Collections;
using System.Reflection;
using System.Text;
using Chia.Protocol.Messages;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Tests.Messages;

/// <summary>
/// The slow twin of the codecs: writes a message by the catalogue's words, taking each field from the property that bears its name. It
/// shares no code with what it checks, except the serialisation of structures.
/// </summary>
public static class PlainEncoder
{
    public static byte[] Payload(Message message)
    {
        var (function, fields, _) = MessageCatalogue.Entries.Single(entry => entry.Function == message.Function);
        var bytes = new List<byte> { 0xa2 };
        Text(bytes, "f");
        Text(bytes, function);
        Text(bytes, "d");
        Head(bytes, 5, (ulong)fields.Count);
        foreach (var (name, type) in fields)
        {
            Text(bytes, name);
            var property = string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            Value(bytes, type, message.GetType().GetProperty(property)!.GetValue(message));
        }

        return [.. bytes];
    }

    private static void Value(List<byte> bytes, string type, object? value)
    {
        if (type.EndsWith('?'))
        {
            if (value is null)
                bytes.Add(0xf6);
            else
                Value(bytes, type[..^1], value);
        }
        else if (type.StartsWith('['))
        {
            var items = ((IEnumerable)value!).Cast<object>().ToList();
            Head(bytes, 4, (ulong)items.Count);
            items.ForEach(item => Value(bytes, type[1..^1], item));
        }
        else if (type == "text")
        {
            Text(bytes, (string)value!);
        }
        else if (type == "role" || type[0] == 'u')
        {
            Head(bytes, 0, Convert.ToUInt64(value));
        }
        else
        {
            var content = type == "S" ? Structure(value!) : Convert.FromHexString(value!.ToString()!);
            Head(bytes, 2, (ulong)content.Length);
            bytes.AddRange(content);
        }
    }

    private static byte[] Structure(object value) =>
        (byte[])typeof(StreamableExtensions).GetMethod(nameof(StreamableExtensions.ToBytes), BindingFlags.Public | BindingFlags.Static)!
            .MakeGenericMethod(value.GetType()).Invoke(null, [value])!;

    private static void Text(List<byte> bytes, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Head(bytes, 3, (ulong)utf8.Length);
        bytes.AddRange(utf8);
    }

    private static void Head(List<byte> bytes, int major, ulong number)
    {
        var width = number < 24 ? 0 : number < 0x100 ? 1 : number < 0x1_0000 ? 2 : number < 0x1_0000_0000 ? 4 : 8;
        bytes.Add((byte)((major << 5) | width switch { 0 => (int)number, 1 => 24, 2 => 25, 4 => 26, _ => 27 }));
        for (var i = width - 1; i >= 0; i--)
            bytes.Add((byte)(number >> (8 * i)));
    }
}

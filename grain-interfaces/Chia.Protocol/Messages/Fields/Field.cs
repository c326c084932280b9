using System.Formats.Cbor;
using System.Text;
using Chia.Protocol.Cbor;

namespace Chia.Protocol.Messages;

/// <summary>One field of a message, whatever its type.</summary>
internal abstract class Field(string name, long maxValueSize)
{
    /// <summary>Name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>The name's bytes.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>Bytes of the largest encoding, the name included.</summary>
    public long MaxSize => CborSize.OfHead((ulong)Utf8Name.Length) + Utf8Name.Length + maxValueSize;

    /// <summary>Writes name and value of this field of a message.</summary>
    public abstract void Write(CborWriter writer, Message message);
}

/// <summary>One field of one message: its name, how its value travels, and where the message keeps it.</summary>
internal sealed class Field<TMessage, T>(string name, ValueCodec<T> value, Func<TMessage, T> get) : Field(name, value.MaxSize)
    where TMessage : Message
{
    /// <summary>How the value travels.</summary>
    public ValueCodec<T> Value { get; } = value;

    public override void Write(CborWriter writer, Message message)
    {
        writer.WriteTextString(Name);
        Value.Write(writer, get((TMessage)message));
    }
}

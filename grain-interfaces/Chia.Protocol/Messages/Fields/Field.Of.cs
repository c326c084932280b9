using System.Formats.Cbor;

namespace Chia.Protocol.Messages.Fields;

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

using Chia.Protocol.Streamable;

namespace Chia.Protocol.Messages.Fields;

/// <summary>What is wrong with a value, before it is known which field it belongs to.</summary>
internal readonly record struct ValueFault(DecodeFailureKind Kind, StreamableError Structure = StreamableError.None);

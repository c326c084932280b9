using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Protocol;

/// <summary>
/// One payload: the map of function <c>f</c> and data <c>d</c> (PROTOCOL.md 2). The function is judged by its name before its arguments
/// are looked at, unless they come first.
/// </summary>
internal readonly ref struct EnvelopeReader(
    WireReader reader, ReadOnlyMemory<byte> payload, MessagePhase phase, Role? sender, Role receiver)
{
    /// <summary>Containers inside the envelope: the arguments' map, and a list in it.</summary>
    private const int DataDepth = 2;

    public DecodeFailure TryRead(out Message? message)
    {
        message = null;
        if (reader.Peek() != CborReaderState.StartMap)
            return WhatIsIt(DecodeFailureKind.NotAMap);
        MessageDefinition? definition = null;
        var data = default(ReadOnlyMemory<byte>?);
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            var failure = ReadKey(definition is not null, data is not null, out var isFunction);
            if (!failure.Failed && isFunction)
                failure = ReadFunction(out definition);
            if (reader.Error == CborError.None && !failure.Failed && !isFunction)
            {
                // Behind the name and last, as every peer writes it: the arguments go to the end, and are read where they lie.
                if (definition is not null && left == 1)
                    return definition.Codec.TryRead(reader, payload[reader.Position..], out message);
                var start = reader.Position;
                reader.Skip(DataDepth);
                data = payload[start..Math.Max(start, reader.Position)];
            }

            if (reader.Error != CborError.None)
                return NotCbor();
            if (failure.Failed)
                return failure;
        }

        reader.EndMap();
        if (reader.Finish() != CborError.None)
            return NotCbor();
        if (definition is null)
            return new DecodeFailure(DecodeFailureKind.MissingFunction);
        return data is { } arguments
            ? definition.Codec.TryRead(reader, arguments, out message)
            : new DecodeFailure(DecodeFailureKind.MissingData, definition.Function);
    }

    private DecodeFailure NotCbor() => new(DecodeFailureKind.NotCbor, Cbor: reader.Error);

    /// <summary>What is not of the right type may still be no CBOR at all, which is the better reason.</summary>
    private DecodeFailure WhatIsIt(DecodeFailureKind wrong, string? name = null)
    {
        reader.Skip(DataDepth);
        if (wrong == DecodeFailureKind.NotAMap)
            reader.Finish();
        return reader.Error == CborError.None ? new DecodeFailure(wrong, name) : NotCbor();
    }

    private DecodeFailure ReadKey(bool hasFunction, bool hasData, out bool isFunction)
    {
        isFunction = false;
        if (reader.Peek() != CborReaderState.TextString)
            return WhatIsIt(DecodeFailureKind.UnknownEnvelopeKey, "(not text)");
        var key = reader.ReadText();
        isFunction = key is [(byte)'f'];
        if (isFunction ? hasFunction : hasData && key is [(byte)'d'])
            return new DecodeFailure(DecodeFailureKind.DuplicateEnvelopeKey, isFunction ? "f" : "d");
        return isFunction || key is [(byte)'d']
            ? default
            : new DecodeFailure(DecodeFailureKind.UnknownEnvelopeKey, DecodeFailure.Printable(key));
    }

    private DecodeFailure ReadFunction(out MessageDefinition? definition)
    {
        definition = null;
        if (reader.Peek() != CborReaderState.TextString)
            return WhatIsIt(DecodeFailureKind.FunctionNotText);
        var name = reader.ReadText();
        definition = MessageRegistry.Find(name);
        return definition is null
            ? new DecodeFailure(DecodeFailureKind.UnknownFunction, DecodeFailure.Printable(name))
            : Judge(definition);
    }

    private DecodeFailure Judge(MessageDefinition definition)
    {
        if (definition.Phase != phase)
            return new DecodeFailure(DecodeFailureKind.WrongPhase, definition.Function);
        if (sender is { } role && !definition.MayPass(role, receiver))
            return new DecodeFailure(DecodeFailureKind.NotAllowedFromRole, definition.Function);
        return payload.Length > definition.MaxPayload ? new DecodeFailure(DecodeFailureKind.TooLarge, definition.Function) : default;
    }
}

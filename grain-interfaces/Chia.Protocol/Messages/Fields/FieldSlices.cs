using System.Runtime.CompilerServices;

namespace Chia.Protocol.Messages.Fields;

/// <summary>Where each field's value lies in the bytes of <c>d</c>; a field that has not been seen has an empty range, which no item has.</summary>
[InlineArray(MessageCodec.MaxFields)]
internal struct FieldSlices
{
    private (int Start, int End) _first;
}

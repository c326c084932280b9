using System.Reflection.Emit;

namespace Chia.Architecture.Tests.Support;

/// <summary>The instructions of a method's compiled body that name a type or a member.</summary>
internal static class Instructions
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Each with its metadata token.</summary>
    public static IEnumerable<(OpCode Code, int Token)> In(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var value = body[at] == 0xfe ? unchecked((short)(0xfe00 | body[at + 1])) : body[at];
            var instruction = OpCodesByValue[value];
            at += instruction.Size;
            switch (instruction.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return (instruction, BitConverter.ToInt32(body, at));
                    at += 4;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(body, at));
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }
}

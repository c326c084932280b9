using Chia.GrainInterfaces.Peers;

namespace Chia.GrainInterfaces.Tests.Peers;

/// <summary>Every reason of a disconnect has words of its own.</summary>
public sealed class DisconnectReasonTests
{
    [Fact]
    public void Each_is_described_as_one_clause_and_no_two_alike()
    {
        var words = Enum.GetValues<DisconnectReason>().Select(reason => reason.Describe()).ToList();
        Assert.All(words, text => Assert.False(text.EndsWith('.') || text.Length == 0 || char.IsUpper(text[0]), text));
        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((DisconnectReason)999).Describe());
    }
}

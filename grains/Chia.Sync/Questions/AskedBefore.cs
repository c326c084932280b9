using Chia.Protocol.Primitives;

namespace Chia.Sync.Questions;

/// <summary>
/// What one peer was asked and is not waited for any more, and what it answered lately. It tells an answer that comes late, or again,
/// from one to a question that was never put: that one no honest node gives (DECISIONS 8).
/// </summary>
internal sealed class AskedBefore
{
    /// <summary>Questions given up and not answered yet: 16 rounds of a whole share. A peer that owes so many is asked nothing more, so
    /// none is forgotten.</summary>
    public const int MostGivenUp = 64;

    /// <summary>Answered questions remembered at most: far more than one peer answers in <see cref="Memory"/>.</summary>
    private const int MostAnswered = 4096;

    /// <summary>
    /// How long an answered question may be answered again, and one that somebody else put at all: where a silo goes, or does not answer
    /// in time, what was on its way is handed over once more, the question as well as the answer. It is twice as long as a silent peer is
    /// waited for (<see cref="SyncOptions.AnswerLimit"/>), and no call is repeated for so long.
    /// </summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly List<Question> _givenUp = [];
    private readonly Queue<(Question Question, TimeSpan At)> _answered = new();
    private TimeSpan _strangersUntil;

    /// <summary>It owes as many answers as are remembered.</summary>
    public bool IsFull => _givenUp.Count >= MostGivenUp;

    /// <summary>Somebody else may have put questions before us: for a time what we cannot explain is taken for answers to those.</summary>
    public void ExpectStrangers(TimeSpan now) => _strangersUntil = now + Memory;

    /// <summary>The peer is not waited for any more; its answer may still come.</summary>
    public void GiveUp(Question question) => _givenUp.Add(question);

    /// <summary>The peer has answered.</summary>
    public void Answer(Question question, TimeSpan now)
    {
        while (_answered.TryPeek(out var oldest) && (_answered.Count >= MostAnswered || now - oldest.At > Memory))
            _answered.Dequeue();
        _answered.Enqueue((question, now));
    }

    /// <summary>The question is waited for again; false if it was not given up.</summary>
    public bool Resume(Question question) => _givenUp.Remove(question);

    /// <summary>The answer was asked for once, and its question is done with; false if it never was.</summary>
    /// <param name="answer">What it answers; null if it can be an answer to nothing.</param>
    /// <param name="now">Time.</param>
    public bool Explains(Question? answer, TimeSpan now) =>
        (answer is { } about && (IsLate(about, now) || IsRepeated(about, now))) || now < _strangersUntil;

    private bool IsLate(Question answer, TimeSpan now)
    {
        var at = _givenUp.FindIndex(asked => asked.Covers(answer));
        if (at < 0)
            return false;
        Answer(_givenUp[at], now);
        _givenUp.RemoveAt(at);
        return true;
    }

    private bool IsRepeated(Question answer, TimeSpan now)
    {
        foreach (var (asked, at) in _answered)
        {
            if (now - at <= Memory && asked.Covers(answer))
                return true;
        }

        return false;
    }
}

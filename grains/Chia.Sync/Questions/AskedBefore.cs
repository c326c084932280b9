using Chia.Protocol.Primitives;

namespace Chia.Sync.Questions;

/// <summary>
/// What one peer was asked and is not waited for any more, and what it answered lately. It tells an answer that comes late, or again,
/// from one to a question that was never put: that one no honest node gives (DECISIONS 8).
/// </summary>
internal sealed class AskedBefore
{
    /// <summary>Questions given up lately and not answered yet: 16 rounds of a whole share. A peer that owes so many is asked nothing
    /// more.</summary>
    public const int MostOwed = 64;

    /// <summary>
    /// Of these, where the peer was asked on a guess: it need not have what it never spoke of, and then it is silent. Whoever makes up
    /// targets has us guess for each, and must not thereby use up what an honest peer may be asked for what it does have.
    /// </summary>
    public const int MostOwedForGuesses = MostOwed / 4;

    /// <summary>
    /// Asked so long ago, a question is owed no more: so long the largest answer takes on a slow line, and a gateway hands none on that
    /// took longer. Should one come all the same, it is known.
    /// </summary>
    public static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(15);

    /// <summary>Questions remembered, owed or not; the oldest makes room.</summary>
    private const int MostGivenUp = 4 * MostOwed;

    /// <summary>Answered questions remembered at most: far more than one peer answers in <see cref="Memory"/>.</summary>
    private const int MostAnswered = 4096;

    /// <summary>
    /// How long an answered question may be answered again, and one that somebody else put at all: where a silo goes, or does not answer
    /// in time, what was on its way is handed over once more, the question as well as the answer. It is twice as long as a silent peer is
    /// waited for (<see cref="SyncOptions.AnswerLimit"/>), and no call is repeated for so long.
    /// </summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly List<(Question Question, TimeSpan AskedAt)> _givenUp = [];
    private readonly Queue<(Question Question, TimeSpan At)> _answered = new();
    private TimeSpan _strangersUntil;

    /// <summary>It does not owe so much that nothing more should be asked of it.</summary>
    /// <param name="isGuess">It has not shown that it has what it would be asked for.</param>
    /// <param name="now">Time.</param>
    public bool HasRoom(bool isGuess, TimeSpan now)
    {
        var owed = 0;
        foreach (var (_, askedAt) in _givenUp)
            owed += now - askedAt < LongestAnswer ? 1 : 0;
        return owed < (isGuess ? MostOwedForGuesses : MostOwed);
    }

    /// <summary>Somebody else may have put questions before us: for a time what we cannot explain is taken for answers to those.</summary>
    public void ExpectStrangers(TimeSpan now) => _strangersUntil = now + Memory;

    /// <summary>The peer is not waited for any more; its answer may still come.</summary>
    public void GiveUp(Question question, TimeSpan askedAt)
    {
        if (_givenUp.Count >= MostGivenUp)
            _givenUp.RemoveAt(0);
        _givenUp.Add((question, askedAt));
    }

    /// <summary>The peer has answered.</summary>
    public void Answer(Question question, TimeSpan now)
    {
        while (_answered.TryPeek(out var oldest) && (_answered.Count >= MostAnswered || now - oldest.At > Memory))
            _answered.Dequeue();
        _answered.Enqueue((question, now));
    }

    /// <summary>The question is waited for again; false if it was not given up.</summary>
    public bool Resume(Question question) => TakeGivenUp(asked => asked == question) is not null;

    /// <summary>The answer was asked for once, and its question is done with; false if it never was.</summary>
    /// <param name="answer">What it answers; null if it can be an answer to nothing.</param>
    /// <param name="now">Time.</param>
    public bool Explains(Question? answer, TimeSpan now) =>
        (answer is { } about && (IsLate(about, now) || IsRepeated(about, now))) || now < _strangersUntil;

    private bool IsLate(Question answer, TimeSpan now)
    {
        if (TakeGivenUp(asked => asked.Covers(answer)) is not { } question)
            return false;
        Answer(question, now);
        return true;
    }

    private Question? TakeGivenUp(Predicate<Question> which)
    {
        var at = _givenUp.FindIndex(given => which(given.Question));
        if (at < 0)
            return null;
        var question = _givenUp[at].Question;
        _givenUp.RemoveAt(at);
        return question;
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

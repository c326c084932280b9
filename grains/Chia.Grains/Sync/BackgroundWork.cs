using Chia.GrainInterfaces.Clusters;
using Chia.Grains.Clusters;
using Chia.Sync.Machine;
using Microsoft.Extensions.Logging;

namespace Chia.Grains.Sync;

/// <summary>
/// Work of the sync that takes longer than a grain's turn: begun in one turn, it goes on in later ones. Work that fails because the
/// cluster is moving or the store is full is begun again after a pause, for as long as the grain lives; nothing that was stored for a
/// restart is given up for that.
/// </summary>
/// <param name="time">Measures the pause.</param>
/// <param name="log">For work that failed.</param>
/// <param name="questionFailed">Is told of a question of the sync machine that failed by a fault of ours, with the reason.</param>
internal sealed class BackgroundWork(TimeProvider time, ILogger log, Action<SyncEffect, string> questionFailed)
{
    /// <summary>Between two attempts: silos come and go within seconds.</summary>
    public static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private bool _isStopped;

    /// <summary>Begins a piece of work.</summary>
    /// <param name="work">The work; begun anew at each attempt.</param>
    /// <param name="question">The question of the sync machine that it answers; null if none.</param>
    /// <param name="mayRepeat">It does no harm to do it twice: after a call that was not answered in time, which may have done it, it is
    /// begun again as well.</param>
    /// <returns>Completes, never with an error, when the work is done or given up; need not be awaited.</returns>
    public async Task Start(Func<Task> work, SyncEffect? question = null, bool mayRepeat = true)
    {
        while (!_isStopped && !await TryRun(work, question, mayRepeat))
            await Task.Delay(RetryPause, time);
    }

    /// <summary>No work is begun any more, and what is under way ends where it waits next: the next activation does it.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>True if the work is done, or is not to be tried again.</summary>
    private async Task<bool> TryRun(Func<Task> work, SyncEffect? question, bool mayRepeat)
    {
        try
        {
            await work();
            return true;
        }
        catch (ChecksForgottenException)
        {
            // The machine wants no answer any more.
            return true;
        }
        catch (StoreRefusesException)
        {
            // The chain has said so, once.
            return false;
        }
        catch (Exception error) when (ClusterMoves.Explains(error))
        {
            SyncLog.WorkPostponed(log, error.Message);
            return !mayRepeat && CallFaults.Of(error) == CallFault.NoAnswer;
        }
        catch (Exception error) when (!_isStopped)
        {
            // A fault of ours is an answer too: nobody is blamed, and the target is set aside.
            SyncLog.WorkFailed(log, error);
            if (question is not null)
                questionFailed(question, error.Message);
            return true;
        }
        catch
        {
            return true;
        }
    }
}

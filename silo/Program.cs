using Chia.Silo.Commands;
using Chia.Silo.Status;
using Chia.Silo.Views;

ProcessTime.Begin();
Terminal.Guard();
return await ChiaCommand.Run(args);
